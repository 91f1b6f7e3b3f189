"""What a project can have beyond its entities: a folder a feature, each with everything that belongs to it.

`catalogue()` is read from the folders, so a new one is known everywhere at once: to those who read descriptions (how
people ask for it), to the compiler (its files and slots), to the documents (its endpoints, settings and tests).
"""

from codebegen.features.catalogue import catalogue, folder_of, with_needs
from codebegen.features.spec import EndpointSpec, FeatureSpec

__all__ = ["EndpointSpec", "FeatureSpec", "catalogue", "folder_of", "with_needs"]
