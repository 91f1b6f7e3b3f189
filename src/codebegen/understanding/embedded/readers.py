"""Readers: one frame enters, facts leave. `FRAME_READERS` is the order in which a frame is offered to them."""

from codebegen.understanding.embedded.read_acts import read_acts
from codebegen.understanding.embedded.read_between import (
    read_beside,
    read_between,
    read_identity,
    read_nested,
    read_self,
    read_transfer,
)
from codebegen.understanding.embedded.read_choices import read_choice, read_enum
from codebegen.understanding.embedded.read_company import read_several, read_within
from codebegen.understanding.embedded.read_deeds import read_deeds
from codebegen.understanding.embedded.read_dying import read_dying
from codebegen.understanding.embedded.read_fields import read_groups, read_has, read_identified, read_with
from codebegen.understanding.embedded.read_invited import read_invited
from codebegen.understanding.embedded.read_kinds import read_kinds
from codebegen.understanding.embedded.read_links import (
    read_agent,
    read_asked,
    read_belong,
    read_belonging,
    read_carrying,
    read_charge,
    read_existing,
    read_per,
    read_possessed,
)
from codebegen.understanding.embedded.read_listed import read_actors, read_kinds_of_people, read_listed
from codebegen.understanding.embedded.read_moments import read_moments
from codebegen.understanding.embedded.read_places import PLACE_READERS
from codebegen.understanding.embedded.read_recipients import read_recipients
from codebegen.understanding.embedded.read_spans import read_spans
from codebegen.understanding.embedded.reading import Reader

FRAME_READERS: tuple[Reader, ...] = (
    read_has,
    read_with,
    read_groups,
    read_identified,
    read_belong,
    read_agent,
    read_beside,
    read_between,
    read_charge,
    read_belonging,
    read_asked,
    read_existing,
    read_identity,
    read_transfer,
    read_recipients,
    read_nested,
    read_self,
    read_per,
    read_several,
    read_within,
    *PLACE_READERS,
    read_dying,
    read_spans,
    read_moments,
    read_invited,
    read_acts,
    read_deeds,
    read_carrying,
    read_possessed,
    read_listed,
    read_enum,
    read_choice,
    read_kinds,
    read_actors,
    read_kinds_of_people,
)
