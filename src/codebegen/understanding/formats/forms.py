"""Forms: how texts in exact formats begin, what goes on in them, and what a line of them looks like."""

import re

from codebegen.understanding.formats.schema import Format

_SQL_WORDS = (
    "create|alter|comment on|insert into|drop|set|begin|commit|grant|pragma|use|start transaction|lock|unlock|copy"
).replace(" ", r"\s+")
_JDL_OPTIONS = (
    r"dto|paginate|service|filter|search|skip\w*|angularSuffix|microservice|clientRootFolder|readOnly|embedded|use|"
    r"noFluentMethod"
)
_JDL_ENTITY = r"entity\s+[A-Z]\w*(\s*\(\w+\))?\s*(\{|$)"

BEGINS: dict[Format, re.Pattern[str]] = {
    "openapi": re.compile(r"[\"']?(openapi|swagger)[\"']?[ \t]*:[ \t]*[\"']?[23]\."),
    "mermaid": re.compile(r"erDiagram\b"),
    "prisma": re.compile(r"(datasource|generator)\s+\w+\s*\{|model\s+\w+\s*\{[ \t]*$", re.MULTILINE),
    "jdl": re.compile(
        rf"{_JDL_ENTITY}|relationship\s+(One|Many)To(One|Many)\s*\{{|application\s*\{{\s*config", re.MULTILINE
    ),
    "dbml": re.compile(r"Table\s+[\w.\"]+(\s+as\s+\w+)?\s*(\[[^\]\n]*\]\s*)?\{|Project\s+[\w\"]+\s*\{", re.IGNORECASE),
    "sql": re.compile(
        r"create\s+(or\s+replace\s+)?(\w+\s+){0,2}(table\s+(if\s+not\s+exists\s+)?[\w.\"`\[\]]+\s*\(|type\s+[\w.\"]+\s+as\b)",
        re.IGNORECASE,
    ),
}
"""In the order in which they are tried."""

ENUM_OR_REFERENCE = re.compile(r"enum\s+\w+\s*\{|Ref\b[^\n]*[<>-]", re.IGNORECASE)
"""How several of the brace languages can begin."""

SQL_STATEMENT = re.compile(rf"({_SQL_WORDS})\b", re.IGNORECASE)

GOES_ON: dict[Format, re.Pattern[str]] = {
    "prisma": re.compile(r"(model|datasource|generator|enum|type|view)\s+\w+\s*\{"),
    "jdl": re.compile(
        r"(entity|enum|relationship|application|deployment)\s+\w*"
        r"|@\w+(\(.*\))?\s*$"
        rf"|({_JDL_OPTIONS})\s+[\w*, ]+(with|except|$)"
        r"|\w+\s*=\s*\d+\s*$",
        re.MULTILINE,
    ),
    "dbml": re.compile(
        r"(table|tablegroup|tablepartial|enum|ref|note|project|records)\b\s*[^.\n]*[{:>]", re.IGNORECASE
    ),
    "sql": SQL_STATEMENT,
}
"""What may follow in a block, besides the forms that can begin one."""

COMMENT = re.compile(r"[ \t]*(//|/\*|--|#|%%|\*)")
GAP = re.compile(r"\s+|//[^\n]*|/\*.*?(?:\*/|\Z)|--[^\n]*", re.DOTALL)

MERMAID_LINE = re.compile(
    r"\s*$"
    r"|\s*(%%|direction\b|title\b|classDef\b|class\b|style\b)"
    r"|\s*[\"\w-]+(\[[^\]]*\])?\s*(\{|$|:::|[|}][o|])"
    r"|\s*[\"\w-]+\s+(only one|zero or|one or|one to|many to|many\([01]\)|[01]\+|1 to)\s"
    r"|\s*\}"
)
OPENAPI_LINE = re.compile(
    r"\s*$|[ \t]|#|[-\]}]|[\"']?(openapi|swagger|info|servers|paths|components|tags|security|externalDocs|webhooks|"
    r"host|basePath|schemes|consumes|produces|definitions|parameters|responses|securityDefinitions|jsonSchemaDialect|"
    r"x-[\w-]+)[\"']?\s*:"
)
OPENAPI_JSON = re.compile(r'"(openapi|swagger)"\s*:\s*"[23]\.')

SQL_LEXEME = re.compile(
    r"(?P<dollar>\$(?:body|function|_)?\$).*?(?:(?P=dollar)|\Z)|--[^\n]*|/\*.*?(?:\*/|\Z)|'[^']*'|\"[^\"\n]*\"|`[^`\n]*`|[{}();]|\n",
    re.DOTALL | re.IGNORECASE,
)
BRACE_LEXEME = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|'''.*?(?:'''|\Z)|'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`|[{}();]|\n", re.DOTALL
)
