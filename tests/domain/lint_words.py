"""Lines as registers of trusts and councils have them, written for the tests: what to find in each.

As at 30 September 2025, in a paper of 2025/26 Q2.
"""

from __future__ import annotations

from typing import Final

# field, words, the rules that find something
BAD: Final = (
    ("controls", "Business case for the new theatre to be approved in July 2025.", "STALE-01"),
    ("controls", "Replacement of the booking system is due to go live by 1 August 2025.", "STALE-01"),
    ("controls", "New rota due in June", "STALE-01"),
    ("controls", "Re-inspection anticipated summer 2025.", "STALE-01"),
    ("controls", "Recruitment of 20 nurses from overseas planned for Q1 2025/26", "STALE-01"),
    ("actions", "Complete the fire stopping works by 31/07/2025", "STALE-01"),
    ("actions", "Publish the updated local plan - June 2025", "STALE-01"),
    ("actions", "Improve signage (due Aug-25)", "STALE-01"),
    ("controls", "Funding agreed until March 2025", "STALE-01"),
    ("controls", "Backlog of repairs to be cleared by end of May.", "STALE-01"),
    ("controls", "Deadline for submission: 30.06.2025", "STALE-01"),
    ("controls", "Software upgrade scheduled w/c 12 May 2025", "STALE-01"),
    ("controls", "Full roll-out expected in spring 2025", "STALE-01"),
    ("controls", "The pilot ends in August 2025.", "STALE-01"),
    ("controls", "Cabinet will consider options in July.", "STALE-01"),
    ("controls", "To be completed by Q1.", "STALE-01"),
    ("controls", "We expect to have recruited all posts by August.", "STALE-01"),
    ("controls", "Bid submitted to the ministry, outcome expected June 2025", "STALE-01"),
    ("controls", "The action plan will shortly be presented to the committee", "STALE-02"),
    ("controls", "Contract award imminent", "STALE-02"),
    ("controls", "Policy to be reviewed in due course", "STALE-02"),
    ("controls", "Waiting list stood at 4,500 patients in May 2025.", "STALE-05"),
    ("controls", "A new policy will be developed", "UNDATED-01"),
    ("controls", "Recruitment to vacant posts is ongoing", "UNDATED-01"),
    ("controls", "Interim Head of Finance in post", "UNDATED-03"),
    ("due", "TBC", "UNDATED-02"),
    *(
        (field, words, code)
        for field, code in (("due", "STALE-01"), ("review", "STALE-06"))
        for words in ("March 2025", "Q1 2025", "End of March 2025", "2024", "Q4 2024/25", "31 March 2025")
    ),
    *(
        (field, words, "UNDATED-02")
        for field in ("due", "review")
        for words in ("31/02/2026", "01/13/2026", "31 June 2026")
    ),
    *(
        ("actions", words, "UNDATED-02")
        for words in (
            "The tool will be live by 30 Feb 2020.",
            "The tool will be live by 30 February.",
            "The booking system will be replaced by 31/02/2021",
            "Complete the handover by 00/00/0000",
            "New rota to be done by Q5 2020",
        )
    ),
    ("due", "by Q5 2020", "UNDATED-02"),
    ("actions", "The policy will be tested by March 2025; reviewed monthly", "STALE-01"),
    ("actions", "The policy will be tested by March 2025; complete training next", "STALE-01"),
    ("due", "Ongoing", "UNDATED-02"),
    ("owner", "TBC", "UNOWNED-02"),
    ("owner", "Executive Team", "UNOWNED-02"),
    ("description", "The Trust has insufficient beds to meet demand.", "WORD-02"),
    ("description", "There is a £4m gap in the medium term financial strategy.", "WORD-02"),
    ("description", "The estate is ageing and maintenance is behind schedule.", "WORD-02"),
    ("description", "The council does not have an up to date local plan.", "WORD-02"),
    ("description", "Inability to recruit and retain staff", "WORD-01"),
    ("description", "Failure to deliver the financial plan", "WORD-05"),
    ("description", "Not achieving the strategic objectives", "WORD-05"),
    ("description", "Cyber security", "WORD-03"),
    ("name", "Workforce", "WORD-03"),
    ("name", "Financial sustainability", "WORD-03"),
    ("name", "Adult social care", "WORD-03"),
    ("name", "Infection prevention and control", "WORD-03"),
    (
        "description",
        "There is a risk that demand exceeds capacity because people live longer. There is also a risk that "
        "staff leave, leading to gaps.",
        "WORD-04",
    ),
    ("controls", "Weekly bed meeting", "CONTROL-01"),
    ("controls", "Corporate Management Team oversight", "CONTROL-01"),
    ("controls", "Monthly reports to the Audit Committee", "CONTROL-01"),
    ("controls", "A task and finish group has been established", "CONTROL-01"),
    ("controls", "Raising awareness of phishing", "CONTROL-02"),
    *(
        ("controls", words, "CONTROL-02")
        for words in (
            "Situation is being monitored closely",
            "HR is working hard on this",
            "The position is kept under review",
            "Under constant review",
            "Ongoing monitoring",
            "Staff are aware of the risk",
            "Regular audits",
        )
    ),
    *(
        ("controls", words, "CLAIM-01")
        for words in (
            "Budget monitoring is robust and effective",
            "Controls are strong",
            "Fully compliant with ISO 27001",
        )
    ),
    ("controls", "Waiting list of 4,312 patients", "NUMBER-02"),
    ("controls", "Working with partners to reduce delays", "CONTROL-02"),
    ("controls", "Explore options for a shared service", "CONTROL-02"),
    ("controls", "Continue to lobby government for fair funding", "CONTROL-02"),
    ("controls", "Discharge times have improved significantly.", "CLAIM-01"),
    ("controls", "The new triage model is working well and has reduced pressure on staff.", "CLAIM-01"),
    ("controls", "Significant progress has been made in reducing the backlog.", "CLAIM-01"),
    ("controls", "Numbers of complaints are falling.", "CLAIM-01"),
    ("controls", "The service improved its response times", "CLAIM-01"),
    ("controls", "Partners are now better informed", "CLAIM-01"),
    ("controls", "Next test of the plan: August 2025", "STALE-01"),
    ("actions", "Final version to be with the Board July 25", "STALE-01"),
    ("actions", "Replace pump by end of 2024", "STALE-01"),
    ("controls", "The lease is expected to end on 31 March 2025.", "STALE-01"),
    ("actions", "The outcome of the audit was due in March 2025", "STALE-01"),
    ("controls", "Vacancy rate is 12%", "NUMBER-02"),
    ("controls", "30% of staff have completed the training", "NUMBER-02"),
    ("controls", "Around 200 cases are outstanding.", "NUMBER-02"),
    ("controls", "Sickness absence is running at 6.2", "NUMBER-01"),
    ("controls", "15 of the 12 wards have been inspected.", "SUM-04"),
    ("controls", "Overspend rose from £2m to £3m (a 20% increase) in 2024/25.", "SUM-04"),
    ("controls", "Savings of £3m + £2m = £6m identified for 2025/26.", "SUM-04"),
    ("controls", "See risk R9 for details.", "REF-01"),
    ("controls", "The LMSP checks every referral on the day it comes in.", "JARGON-01"),
)

# field, words that a risk manager would leave as they are
GOOD: Final = (
    ("controls", "Two registered nurses check each controlled drug before it leaves the pharmacy."),
    ("controls", "Alerts from the firewall are answered within 30 minutes, day and night."),
    ("controls", "Business case approved by the Board on 3 July 2025."),
    ("controls", "A second generator was installed in May 2025 and is tested each month."),
    ("controls", "Internal audit (June 2025) gave substantial assurance."),
    (
        "controls",
        "Gateway review in May 2025 gave an amber rating; its two actions were closed on 2 June 2025.",
    ),
    ("controls", "The upgrade planned for May 2025 was delayed to 30 November 2025."),
    ("controls", "Cabinet decides on the tender on 14 November 2025."),
    ("controls", "The waiting list fell from 4,500 in April 2025 to 4,100 in September 2025."),
    ("controls", "Any variance above 2% triggers a recovery plan within four weeks."),
    ("controls", "Insurance covers up to £5m of damage from flooding."),
    ("controls", "The Investment Board must approve any spend over £250,000."),
    ("controls", "Panel refuses any placement above £4,000 a week without the Director's approval."),
    ("controls", "Since April 2024 every contract above £100,000 is let through the procurement team."),
    ("controls", "From April 2025 all invoices are matched to an order."),
    ("controls", "Backups are restored in a test every quarter, last on 2 September 2025."),
    ("controls", "The lease runs until 31 March 2031."),
    ("controls", "Data sharing agreement signed in June 2024, to be renewed by June 2026."),
    ("controls", "The policy was reviewed in March 2025; the next review is due in March 2027."),
    ("controls", "Fire doors are inspected weekly and defects are repaired within five days."),
    ("controls", "Dual sign-off of payments above £10,000"),
    ("controls", "Segregation of duties in the payments system"),
    ("controls", "Emergency plan in place and tested in a live exercise in June 2025"),
    ("controls", "The May elections were run without incident."),
    ("controls", "CCTV covers all entrances"),
    ("controls", "Regular audits of the stock check each bin against the ledger"),
    ("controls", "Staff are aware of the code that stops the line"),
    ("controls", "The duty engineer monitors the pressure and shuts the valve above 8 bar"),
    ("controls", "Waiting list capped at 400 patients"),
    ("controls", "Beds for 24 patients"),
    ("controls", "If controls are not strong, cash may be lost"),
    ("controls", "Agency spend is capped at £400,000 a month."),
    ("controls", "Temporary traffic lights control the junction until 31 October 2025."),
    ("controls", "Interim chair appointed from 1 June 2025 to 31 December 2025"),
    ("controls", "As at 31 August 2025, 62 of 60,000 records were missing a date of birth."),
    ("controls", "Staff turnover fell from 14% in March 2025 to 11% in August 2025 (payroll return)."),
    ("controls", "Contract requires the supplier to restore service within four hours."),
    ("controls", "Winter plan for 2025/26 with 40 extra beds from 1 December 2025"),
    ("controls", "Fire risk assessments completed for all high-rise blocks by December 2024"),
    ("controls", "Update 12/05/2025: Recruitment is under way and interviews were held on 6 May."),
    ("controls", "The contract was extended to March 2026 with a break clause in September 2025."),
    ("controls", "All critical findings of the January 2025 penetration test are closed"),
    ("controls", "Target of 95% of calls answered within 20 seconds"),
    ("controls", "Between 1 April and 30 June 2025, 84% of calls were answered within target"),
    ("controls", "Government announced in June 2025 that funding will continue until 2028"),
    ("actions", "Ongoing monitoring of caseloads"),
    ("actions", "Recruit three engineers by 30 June 2025. Update: two appointed, one out to advert."),
    ("controls", "Temporary ward closed in June 2025 and staff moved back."),
    ("controls", "Since the scheme started in 2023, waiting times have fallen from 12 to 8 weeks."),
    ("controls", "Report to Cabinet on 14 July 2025 recommended the second option."),
    ("actions", "Appoint a second supplier by 31 December 2025"),
    ("actions", "Appoint project manager by June 2025 - complete"),
    ("actions", "Install sensors by July 2025 (done 3 July 2025)"),
    (
        "description",
        "If a third of the care homes in the borough close, because fees do not cover wages, residents could "
        "have to move at short notice, leading to harm and to costs of up to £2m a year.",
    ),
    (
        "description",
        "Because the data centre has one power feed, a failure could stop all clinical systems for up to two "
        "days, so that operations are cancelled.",
    ),
    (
        "description",
        "The only bridge to the island may be closed by a storm, because it is not protected from waves, so "
        "that residents cannot reach hospital.",
    ),
    (
        "description",
        "Lack of capacity in the planning team, resulting in appeals against decisions that were not made.",
    ),
    ("impact", "Patients wait longer than 18 weeks, with a risk of harm; fines of up to £1m."),
    ("impact", "Reduced income of about £2m a year and damage to the council’s reputation."),
    ("name", "Failure of a major care provider"),
    ("name", "Cyber attack stops clinical systems"),
    ("name", "Shortage of social workers"),
    ("name", "Unsafe discharge of patients"),
    ("name", "Section 114 notice"),
    ("name", "Government intervention"),
    ("name", "Trust placed in special measures"),
    ("name", "Legionella in the leisure centre"),
    ("owner", "Head of the Executive Team"),
    *(
        (field, words)
        for field in ("due", "review")
        for words in (
            "September 2025",
            "Q2 2025",
            "2025",
            "2025/26",
            "Q2 2025/26",
            "29/02/2028",
            "March 2025, now March 2026",
            "Monthly from June 2024",
            "Completed March 2025",
        )
    ),
    *(
        ("actions", f"The review will be done by December 2024{words}")
        for words in (
            "; completed December 2024",
            " – completed on 3 December 2024",
            " (approved 3 December 2024)",
            "; done",
        )
    ),
    ("controls", "Generator installed by end of March 2025"),
    ("controls", "All staff trained by the end of March 2025"),
    ("actions", "Fire doors fitted by end of 2024"),
    ("controls", "The audit was due in March 2025 and was held on 2 April 2025."),
    ("actions", "Was due 31 March 2025; now 31 March 2026 because steel is late"),
)
