"""What each piece of evidence weighs, as `tools/odds.py` learned it; never changed by hand."""

THINGS = {
    "alike": (-0.57, -0.06, -0.55, 0.41, 0.65),
    "alike_lead": (0.77, -0.02, -0.04, 0.1, -0.21),
    "broad": (-0.63, -0.24, -0.19, -0.15, -0.27),
    "covers": (-0.56, 0.25, -0.21, 0.03, 0.43),
    "covers_best": (-0.18, 0.64, -0.38, -0.26, -0.14),
    "covers_lead": (0.92, 0.08, 0.24, 0.14, -0.12),
    "danger": (-0.2, -0.1, -0.32, 0.12, 0.24),
    "explains": (0.42, -0.23, -0.03, -0.17, -0.11),
    "found": (-0.02, -0.02, 0.06, 0.05, 0.08),
    "is_found": (0.12, -0.13, 0.27, 0.19, 0.01),
    "named": (0.11, -0.47, 0.16, 0.15, -0.32),
    "near": (0.47, 0.29, 0.22, 0.18, 0.15),
    "shared": (0.27, -0.08, 0.26, 0.14, 0.34),
    "size": (-0.62, -0.75, -0.39, -0.24, -0.29),
    "sure": (0.04, -0.02, -0.0, -0.21, 0.08),
    "tail": (0.5, 0.26, 0.3, 0.13, 0.2),
    "tail_last": (0.14, -0.22, 0.23, 0.1, -0.28),
    "told": (2.47, 1.75, 0.93, 0.04, 1.19),
    "told_best": (1.49, 0.52, -0.56, 0.39, 0.04),
    "told_lead": (3.64, 1.98, 1.64, 0.13, 1.23),
    "whole": (0.35, 0.21, 0.29, 0.45, -0.09),
    "wide": (-1.2, 0.08, -0.53, -0.37, -0.18),
    "wide_best": (0.09, 0.32, -0.55, -0.04, -0.06),
    "wide_lead": (0.84, 0.38, 0.36, -0.13, -0.41),
}
"""Evidence for a thing: its weight in every remark, and more of it for each part of CONTEXT."""

NONE = {
    "chatter": -0.14,
    "discard": 0.24,
    "elsewhere": 0.42,
    "one": -0.6,
    "ordinary": -0.24,
    "rest": 0.77,
    "rest_share": -0.06,
    "several": 0.55,
    "state": -0.05,
    "unnamed": 0.37,
}
"""What in a remark speaks for another thing than these."""

ELSE = {
    "chatter": 2.17,
    "discard": -0.68,
    "elsewhere": 3.46,
    "one": 3.28,
    "ordinary": -0.53,
    "rest": -0.33,
    "rest_share": 1.44,
    "several": 0.19,
    "state": -1.1,
    "unnamed": -0.08,
}
"""What in a remark speaks for talk about something else."""
