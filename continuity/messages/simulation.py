"""Sentences for the problems that ``simulation`` reports."""

from __future__ import annotations

from continuity.words import N_

SENTENCES: dict[str, str] = {
    # What keeps a scenario from being compiled
    "bad-horizon": N_("A run lasts 1 to {longest} days, not {days}."),
    "after-loop": N_("The events that follow one another make a loop: none of them can begin."),
    "after-elsewhere": N_("The event that it follows belongs to another scenario."),
    "repeat-without-interval": N_("It happens {times} times, but nothing says how often."),
    "shape-too-long": N_("The recovery has {points} points; {most} are allowed."),
    "shape-order": N_("The points of the recovery must stand in the order of time."),
    "shape-end": N_("The last point of the recovery must be 100 % of the duration and of the loss."),
    "staff-loss-elsewhere": N_("A staff loss can only hit staff groups, not “{element}”."),
    "no-duration": N_("Neither the event nor “{element}” says how long the outage lasts."),
    "failure-without-repair": N_("It fails by itself, but no repair time is given."),
    "law-incomplete-fixed": N_("A fixed duration needs its value."),
    "law-incomplete-uniform": N_("A uniform law needs its shortest and longest duration."),
    "law-incomplete-triangular": N_("A triangular law needs its shortest, most likely and longest duration."),
    "law-incomplete-pert": N_("A PERT law needs its shortest, most likely and longest duration."),
    "law-incomplete-exponential": N_("An exponential law needs its mean."),
    "law-incomplete-lognormal": N_("A lognormal law needs its median and its 90 % quantile."),
    "law-incomplete-weibull": N_("A Weibull law needs its scale and its shape."),
    "law-order-uniform": N_("The shortest duration is longer than the longest."),
    "law-order-triangular": N_("Shortest, most likely and longest duration must not fall."),
    "law-order-pert": N_("Shortest, most likely and longest duration must not fall."),
    "law-order-lognormal": N_("The median is longer than what nine of ten stay below."),
    "law-not-positive": N_("The values of this law must be above zero."),
    "law-shape": N_("The shape of a Weibull law must lie between 0.05 and 400."),
    "law-without-outcomes": N_("The law has no outcome with a weight."),
    "needs-itself": N_("“{dependent}” needs itself."),
    "standby-in-cycle": N_(
        "“{standby}” is standby for “{dependent}” and depends on it: both are in one cycle."
    ),
    "cycle-missing": N_("These need one another and no cycle is described: {members}."),
    "cycle-wrong": N_("The members of the cycle are not those that need one another: {members}."),
    "share-without-required": N_("It asks for a share, but not of how many units."),
    "share-never-reached": N_("It asks for {required} units; all suppliers together have {total}."),
    "no-capacity": N_("The capacity of “{element}” in this need is not given."),
    "too-many-units": N_("More than {most} units cannot be reckoned with."),
    "below-at-rest": N_("It is at {percent} % when nothing has happened, by its own staffing."),
    "below-at-rest-need": N_(
        "It is at {percent} % when nothing has happened: even full suppliers do not fill the need “{need}”."
    ),
    "measure-conflict": N_("The measures “{measure}” and “{other}” give “{field}” different values."),
    "measure-conflict-removed": N_("The measure “{measure}” removes what “{other}” changes."),
    # Runs
    "bad-replications": N_("{value} is not a possible number of replications: 1 to {most} are."),
    "too-many-elements": N_("The model has {number} elements; a run copes with {most}."),
    "too-many-supplies": N_("The model has {number} supplies; a run copes with {most}."),
    "too-many-disruptions": N_(
        "About {number} disruptions would happen in each replication; a run copes with {most}."
    ),
    "cycle-too-large": N_(
        "{members} elements need one another; over {days} days a run copes with {most} in a cycle."
    ),
    "run-too-large": N_("The figures of the run would take {gigabytes} GB of memory; 2 GB is the most."),
    "too-little-memory": N_("This machine has too little memory for the run."),
    "bad-seed": N_("{value} is not a possible seed: it must be a whole number, 0 or more."),
    "bad-workers": N_("{value} is not a possible number of workers: 1 to {most} are."),
    "bad-start": N_("A run cannot start on {value}: only years from {first} to {last} are possible."),
    "bad-precision": N_(
        "± {value} percentage points is not a possible precision: {finest} to {coarsest} are."
    ),
    "bad-scheduler": N_("“{value}” is no scheduler: threads, processes or tcp://host:port are."),
    "no-dask": N_("A Dask cluster needs the package “distributed”, which is not installed here."),
    "no-cluster": N_("The cluster at {address} does not answer: {reason}."),
    "cluster-without-program": N_(
        "The workers of the cluster at {address} do not run this program: {reason}"
    ),
    "cluster-differs": N_("The workers of the cluster at {address} run another version of the engine."),
    "nothing-to-compare": N_("There is nothing to compare: no measure is chosen."),
    "no-pay-days-in-run": N_("No pay day falls within the {days} days of the run."),
    "bank-days-computed": N_(
        "No closed bank days are stated for {year}: they are computed from Swedish law and custom."
    ),
    "late-at-rest": N_(
        "The run of {stream} for {date} misses its due hour even when nothing happens: "
        "its stages take too long."
    ),
    "stage-never-open": N_("“{stage}” of {stream} is never done: none of its working hours has a minute."),
    "stage-never-done": N_("“{stage}” of {stream} is not done within the run even when nothing happens."),
    "stream-without-chain": N_("{stream} takes no part in the run: nothing in use does any stage of it."),
    "queue-grows-at-rest": N_(
        "Its backlog grows even when nothing happens: at full level it does {percent} % of what arrives."
    ),
    "crew-without-work": N_("No resource is repaired by crews of the kind “{crew}”."),
    # Why a fallback may not be used
    "not_switched_on": N_("“{fallback}” is switched off."),
    "needs_ruling": N_("“{fallback}” needs a legal ruling before it may be used."),
    "early_not_standing": N_(
        "“{fallback}” works only if it was standing before the event; it is not marked as standing."
    ),
    "no_owner_consent": N_("{stream} is paid on behalf of {owner}, who has not consented to “{fallback}”."),
    "not_legal_for_stream": N_("“{fallback}” is not legal for {stream} ({law})."),
    "interim_forbidden": N_("An interim decision on {stream} is forbidden (SFB 112:4)."),
    "repeat_without_law": N_(
        "Repeating the file for {stream} has no ready legal basis in peacetime: it is not a fixed benefit."
    ),
    "certificate_in_peace": N_(
        "“{fallback}” needs war or a Government regulation (SFB 117:2–3, 117:6–8); “{scenario}” has neither."
    ),
    "order_in_peace": N_(
        "“{fallback}” needs war, a Government regulation or a Government order (SFB 117:9); "
        "“{scenario}” has none of them."
    ),
    "no_war": N_("“{fallback}” may be used in war only; “{scenario}” is not war."),
    "no_regulation": N_(
        "“{fallback}” needs war or a Government regulation under SFB 117:3; “{scenario}” has neither."
    ),
    "element_not_in_use": N_("“{fallback}” needs something that is not in use."),
    "no_copy": N_("“{fallback}” has no verified copy to pay from."),
    "copy_not_readable": N_("The verified copy of “{fallback}” is not there or cannot be read."),
    "no_counter": N_("“{fallback}” has no agreement with a paying counter."),
    "counter_not_in_force": N_("The agreement of “{fallback}” with a paying counter is not in force."),
    # What blocks it in some runs
    "receipt_unknown": N_(
        "The file for {stream} was sent and its receipt is unknown: no second file may go out before stop or "
        "recall is confirmed. Ring {who}."
    ),
    "receipt_unknown_nobody": N_(
        "The file for {stream} was sent and its receipt is unknown: no second file may go out before stop or "
        "recall is confirmed, and nobody is named who could confirm it."
    ),
    "needs_down": N_("What “{fallback}” needs was below its least level at the hour of decision."),
}

MENDS: dict[str, str] = {
    "law-shape": N_("Give a shape in between; 1 is the exponential law."),
    "law-order-lognormal": N_("Give them in rising order."),
    "law-order-pert": N_("Give them in rising order."),
    "law-order-triangular": N_("Give them in rising order."),
    "law-order-uniform": N_("Give them in rising order."),
    "law-incomplete-weibull": N_("Give both."),
    "law-incomplete-lognormal": N_("Give both."),
    "law-incomplete-exponential": N_("Give the mean."),
    "law-incomplete-pert": N_("Give all three."),
    "law-incomplete-triangular": N_("Give all three."),
    "law-incomplete-uniform": N_("Give both."),
    "law-incomplete-fixed": N_("Give the value."),
    "law-without-outcomes": N_("Give at least one outcome a weight."),
    "law-not-positive": N_("Give values above zero."),
    "too-many-units": N_("Count in a larger unit."),
    "share-without-required": N_("State the units required."),
    "needs-itself": N_("Remove it from its own suppliers."),
    "staff-loss-elsewhere": N_("Remove it from the event, or make another event of the type outage."),
    "shape-end": N_("Add a last point of 100 % and 100 %."),
    "shape-order": N_("Put them in the order of time."),
    "shape-too-long": N_("Remove points."),
    "after-elsewhere": N_("Choose an event of the same scenario."),
    "bad-horizon": N_("Choose a number of days in between."),
    "after-loop": N_("Let one of them start by itself."),
    "no-duration": N_("Give the event a duration or the element a repair time."),
    "failure-without-repair": N_("Give it a repair time or remove its failures."),
    "repeat-without-interval": N_("Say how often it repeats, or let it happen once."),
    "standby-in-cycle": N_("Let the standby depend on nothing in the cycle."),
    "cycle-missing": N_("Add a cycle with these members and its black-start delay."),
    "cycle-wrong": N_("Set its members to these."),
    "share-never-reached": N_("Lower the number or add suppliers."),
    "no-capacity": N_("State how many units it gives."),
    "below-at-rest": N_("Check headcount, minimum crew and when the group tires."),
    "below-at-rest-need": N_("Check units, capacities and how many needs share the same staff."),
    "measure-conflict": N_("Switch one of them off, or let them agree."),
    "too-many-disruptions": N_("Check the times between failures, or choose a shorter horizon."),
    "cycle-too-large": N_("Choose a shorter horizon, or join elements that are always down together."),
    "run-too-large": N_("Choose a shorter horizon, or fewer pay days."),
    "too-little-memory": N_("Choose a shorter horizon or fewer workers, and close other programs."),
    "no-dask": N_("Install it, or run with --scheduler processes."),
    "no-cluster": N_("Start the scheduler and its workers, or run with --scheduler processes."),
    "cluster-without-program": N_("Install this version of the program for the workers."),
    "cluster-differs": N_("Install this version of the program for the workers."),
    "nothing-to-compare": N_("Choose a measure, or run without comparing."),
    "no-pay-days-in-run": N_("Choose a longer horizon or another start."),
    "bank-days-computed": N_("Add the closed bank days of that year."),
    "late-at-rest": N_("Check opening hours, work and cut-offs of its stages against the due hour."),
    "stage-never-open": N_("Let each working day close later than it opens."),
    "stage-never-done": N_("Check its work and hours, or choose a longer horizon."),
    "stream-without-chain": N_("Add its stages, or switch on what does them."),
    "queue-grows-at-rest": N_("Check cases arriving, cases done and working hours."),
    "crew-without-work": N_("Spell the kind as the resources do, or remove the crews."),
    "receipt_unknown_nobody": N_(
        "Add a stage that reaches “stop or recall confirmed”, done by an element whose owner is a role."
    ),
}
