"""Invents registers of many shapes, for seeing how well text is read that nobody had in mind.

Each has its own columns, widths, references, ratings and number of risks, all from a seed. `typst_source`
sets it as a landscape table; what `pdftotext` makes of that was put into `fixtures/` beside its truth.
"""

from __future__ import annotations

import json
import random
from dataclasses import asdict, dataclass, field

SUBJECTS = (
    "the data centre",
    "the housing repairs contract",
    "adult social care",
    "the pension fund",
    "the tram extension",
    "school places",
    "the waste contract",
    "the new payroll system",
    "emergency planning",
    "the harbour wall",
    "fleet maintenance",
    "the crematorium",
    "library services",
    "the leisure trust",
    "highways",
    "the call centre",
    "foster care",
    "the records archive",
    "water quality",
    "the control room",
)
TROUBLES = (
    "fails without warning",
    "costs far more than planned",
    "loses key staff in a single year",
    "cannot meet demand in the winter months",
    "falls behind the law on safety",
    "is attacked by criminals who encrypt its systems",
    "depends on one supplier whose finances are weak",
    "is not ready for the change in regulation",
)
CAUSES = (
    "ageing equipment that was never replaced",
    "a shortage of trained engineers across the region",
    "budgets set before inflation rose",
    "no tested plan for the loss of a site",
    "weak contract terms agreed many years ago",
    "rising demand from an older population",
    "several vacancies in the project team",
    "poor information on the condition of assets",
)
EFFECTS = (
    "services stop for several days and residents turn to other bodies",
    "the authority overspends its budget and reserves fall below the agreed minimum",
    "people come to harm and the regulator takes action",
    "public confidence is lost and complaints double",
    "fines are imposed and grant is withdrawn",
    "backlogs grow until courts and partners are affected",
    "staff leave, which makes recovery slower still",
)
CONTROLS = (
    "Monthly review by the programme board",
    "Contract meetings with the supplier, minuted and followed up by the commercial team each quarter",
    "Business continuity plan tested in the spring",
    "Recruitment campaign with the local college and a retention payment for scarce skills agreed by "
    "the pay panel",
    "Independent inspection every year",
    "Fire and flood drills",
    "Second supplier identified",
    "Training for all managers, with attendance reported to the people committee and followed up where "
    "it is low",
    "Reserve set aside in the medium term plan",
    "Weekly dashboard to directors showing demand, vacancies and overtime against the agreed levels",
    "Insurance cover reviewed",
)
OWNERS = (
    "Director of Place",
    "Chief Finance Officer",
    "Head of Digital",
    "Director of People",
    "Head of Legal Services",
    "Assistant Director, Housing",
)
RATINGS = (
    ("Low", "Medium", "High", "Very High"),
    ("Green", "Amber", "Red"),
    ("Minor", "Moderate", "Major", "Severe"),
)
SCHEMES = ("SR{}", "R{:02d}", "CR-{}", "BAF{}", "{}.{}", "FIN/{:03d}")


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented register: headings, the meaning of each, and a row of texts for each risk."""

    title: str
    headings: list[str]
    meanings: list[str]
    rows: list[list[str]]
    widths: list[str]
    align: str = "horizon"
    size: float = 7
    font: str = "Liberation Sans"
    bullet: str = "- "
    repeat: bool = True
    extra: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> str:
        """The truth, to be kept beside a fixture."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"


def invent(seed: int) -> Invented:
    """A register that no one else has."""
    chance = random.Random(seed)  # noqa: S311  invents test data, guards nothing
    count = chance.randint(6, 14)
    scheme = chance.choice(SCHEMES)
    scale = chance.choice(RATINGS)
    numbers = (
        sorted(chance.sample(range(1, 40), count))
        if chance.random() < 0.6
        else chance.sample(range(1, 60), count)
    )
    shape = chance.choice(("description", "cause", "plain"))
    text = {
        "description": (("Description", "description", "1.6fr"), ("Impact", "impact", "1.7fr")),
        "cause": (("Cause", "cause", "1.4fr"), ("Consequence", "impact", "1.6fr")),
        "plain": (("Risk Description", "description", "2fr"),),
    }[shape]
    columns: list[tuple[str, str, str]] = [
        (chance.choice(("Ref", "ID", "Risk Ref")), "reference", "0.5fr"),
        (chance.choice(("Risk Title", "Risk Name")), "name", "1.1fr"),
        *text,
        (chance.choice(("Key Controls", "Existing Controls", "Mitigation")), "controls", "2.6fr"),
    ]
    if chance.random() < 0.6:
        columns.append((chance.choice(("Risk Owner", "Owner")), "owner", "0.9fr"))
    numeric = chance.random() < 0.4
    if numeric:
        columns += [
            ("Likelihood", "likelihood", "0.7fr"),
            ("Impact Score", "severity", "0.6fr"),
            ("Score", "score", "0.5fr"),
        ]
    if chance.random() < 0.5:
        columns.append(("Direction of Travel", "trend", "0.7fr"))
    columns.append((chance.choice(("Residual Rating", "Current Rating")), "rating", "0.8fr"))
    subjects = chance.sample(SUBJECTS, count)
    order = sorted((chance.randrange(len(scale)) for _ in range(count)), reverse=True)
    rows = []
    for index in range(count):
        likelihood, severity = chance.randint(1, 5), chance.randint(1, 5)
        values = {
            "reference": scheme.format(1 + index // 5, 1 + index % 5)
            if scheme == "{}.{}"
            else scheme.format(numbers[index]),
            "name": (
                chance.choice(("Failure of {}", "{}", "Pressure on {}")).format(subjects[index])
            ).capitalize(),
            "description": _sentences(
                chance,
                f"There is a risk that {subjects[index]} {chance.choice(TROUBLES)}",
                CAUSES,
                "This follows from",
            ),
            "cause": _sentences(chance, chance.choice(CAUSES).capitalize(), CAUSES, "There is also"),
            "impact": _sentences(chance, f"If so, {chance.choice(EFFECTS)}", EFFECTS, "In time,"),
            "controls": "\n".join(chance.sample(CONTROLS, chance.randint(2, 6))),
            "owner": chance.choice(OWNERS),
            "likelihood": str(likelihood),
            "severity": str(severity),
            "score": str(likelihood * severity),
            "trend": chance.choice("↑→↓"),
            "rating": scale[order[index]],
        }
        rows.append([values[meaning] for _, meaning, _ in columns])
    return Invented(
        title=chance.choice(
            ("Strategic Risk Register", "Corporate Risk Register", "Board Assurance Framework")
        )
        + " 2023/24",
        headings=[heading for heading, _, _ in columns],
        meanings=[meaning for _, meaning, _ in columns],
        rows=rows,
        widths=[width for _, _, width in columns],
        align=chance.choice(("horizon", "top")),
        size=chance.choice((7, 7.5, 8)),
        font=chance.choice(("Liberation Sans", "Carlito", "Liberation Serif", "DejaVu Sans")),
    )


def _sentences(chance: random.Random, first: str, more: tuple[str, ...], lead: str) -> str:
    found = [first + "."]
    if chance.random() < 0.7:
        found.append(f"{lead} {chance.choice(more)}.")
    return " ".join(found)


def typst_source(register: Invented) -> str:
    """The register as a landscape table."""

    def cell(text: str, meaning: str) -> str:
        lines = text.split("\n")
        if meaning == "controls":
            lines = [register.bullet + line for line in lines]
        return "[" + " \\ ".join(_escaped(line) for line in lines) + "]"

    body = ",\n".join(
        cell(text, meaning)
        for row in register.rows
        for text, meaning in zip(row, register.meanings, strict=True)
    )
    header = ", ".join(f"[*{heading}*]" for heading in register.headings)
    return (
        '#set page(paper: "a4", flipped: true, margin: 1.2cm, '
        'footer: context [Page #counter(page).display("1 of 1", both: true)])\n'
        f'#set text(font: ("{register.font}", "DejaVu Sans"), size: {register.size}pt, hyphenate: false)\n'
        f"*{register.title}*\n"
        f"#table(columns: ({', '.join(register.widths)}), align: left + {register.align}, inset: 3pt,\n"
        f"table.header({header}),\n{body})\n"
    )


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\#*_[]<>@$`~=-+/'\"" else letter for letter in text)
