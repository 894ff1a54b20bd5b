"""The categories of risk that HM Treasury's Orange Book names, as a starter set; the words are ours."""

from __future__ import annotations

from typing import Final

STARTER: Final[tuple[tuple[str, str], ...]] = (
    ("Strategy", "Aims or plans that are wrong, unclear, or overtaken by events."),
    ("Governance", "Unclear authority, weak oversight, or decisions that nobody answers for."),
    ("Operations", "Daily work that fails: processes, capacity, suppliers, or the quality of the service."),
    ("Legal", "Claims, breaches of law or regulation, and rights that are not protected."),
    ("Property", "Buildings and sites that are unsafe, unsuitable or badly kept."),
    ("Financial", "Money that runs short, is wasted, or is not accounted for."),
    ("Commercial", "Contracts and partners that do not give what was agreed, or cost more than it is worth."),
    ("People", "Too few people, without the skills, leadership, conduct or wellbeing that the work needs."),
    ("Technology", "Systems that fail, age, or do not do what the work needs."),
    ("Information", "Data that are poor, missing, unlawfully held, or not put to use."),
    ("Security", "Access to people, places or systems by those who should have none, cyber attack included."),
    ("Project/Programme", "Change that comes late, costs more, or does not bring what it promised."),
    ("Reputational", "Conduct or events that lose the trust of the public and of partners."),
)
