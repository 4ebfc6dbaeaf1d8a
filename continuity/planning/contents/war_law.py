"""What the law says of heightened preparedness, and the first day, in words that hold for every agency."""

from __future__ import annotations

from typing import Final

from continuity.words import N_

#: What the law says, where it says it, and when the text was read.
LAW: Final = (
    (
        N_("Heightened preparedness is increased or highest alert; in war highest at once. "
            "It may cover a part "
           "of the country or a certain activity."),
        "1992:1403 §§ 1–4",
    ),
    (
        N_("The alert signal (30 seconds, 15 seconds' pause, for 5 minutes) means highest "
            "alert: everyone with "
           "a wartime placement reports at once; general service duty; laws listed for it apply."),
        "2015:1053 §§ 9–15",
    ),
    (
        N_("The agency goes on with its tasks as far as it can, given staff and other conditions; staff are "
           "placed by notice with a reporting place, and trained."),
        "2022:524 §§ 10–11",
    ),
    (
        N_("A preparedness agency has plans to go over to krigsorganisation and to speed up measures on the "
           "Government's decision; at heightened preparedness it turns to total-defence tasks."),
        "2022:524 §§ 20–21",
    ),
    (
        N_("The war rules on benefits apply in war; in danger of war the Government may "
            "bring them into force."),
        "SFB 117:2–9",
    ),
)  # fmt: skip
#: When the texts were read.
READ: Final = "2025-06-24"
#: The first day at highest alert, in order.
FIRST_DAY: Final = (
    N_("Write the hour and how it was known. Have the order confirmed through a second channel."),
    N_(
        "The head of the agency, or who stands in, decides to go over to krigsorganisation. "
        "Number the decision."
    ),
    N_("Call by the call tree. Whoever is placed here reports at the place on the leaflet; others stay."),
    N_("Count at each place who has come, against the table of placements. Report to command in six hours."),
    N_("Open the alternate command site; split the strategic team between the two."),
    N_("Go through what has been delegated and handed over; sign the mandates."),
    N_("Release what waits for its trigger: early files, certificates, fuel, copies, crypto."),
    N_("Put down what is put down in war; move the people."),
    N_("Situation report to the Government; word to staff, owners of benefits, partners and payees."),
    N_("Ready the protocols for leaving each site; nobody destroys before the decision."),
)
