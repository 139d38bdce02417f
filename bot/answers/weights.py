"""What each piece of evidence weighs, as `tools/odds.py` learned it; never changed by hand."""

THINGS = {
    "alike": (-0.66, -0.5, -0.72, 0.31, 0.41),
    "alike_lead": (1.0, -0.05, -0.0, 0.05, -0.08),
    "broad": (-0.47, -0.11, -0.08, 0.01, -0.19),
    "covers": (-0.64, 0.15, -0.21, 0.24, 0.29),
    "covers_best": (-0.39, 0.51, -0.14, -0.45, -0.29),
    "covers_lead": (1.0, -0.0, 0.31, 0.2, 0.13),
    "danger": (-0.66, -0.2, -0.16, -0.0, -0.28),
    "explains": (0.3, -0.32, -0.03, -0.11, -0.44),
    "found": (-0.25, 0.05, 0.13, 0.06, 0.06),
    "is_found": (0.32, -0.11, 0.45, 0.24, 0.3),
    "named": (0.16, -0.53, 0.23, 0.31, -0.16),
    "near": (0.3, 0.12, 0.11, -0.12, 0.04),
    "shared": (0.02, -0.19, 0.34, 0.08, 0.13),
    "size": (-0.62, -0.81, -0.39, -0.3, -0.15),
    "sure": (-0.14, 0.13, 0.23, -0.35, -0.07),
    "tail": (0.35, 0.37, 0.41, 0.04, 0.1),
    "tail_last": (0.33, -0.31, 0.07, 0.25, 0.09),
    "told": (2.74, 1.64, 1.01, 0.21, 1.07),
    "told_best": (1.47, 0.58, -0.48, 0.31, 0.1),
    "told_lead": (3.69, 1.95, 1.71, 0.13, 1.01),
    "whole": (0.51, 0.65, 0.66, 0.52, -0.28),
    "wide": (-0.98, 0.12, -0.45, -0.42, -0.01),
    "wide_best": (0.15, 0.31, -0.42, 0.02, -0.05),
    "wide_lead": (0.72, 0.23, 0.24, -0.22, -0.34),
}
"""Evidence for a thing: its weight in every remark, and more of it for each part of CONTEXT."""

NONE = {
    "chatter": -0.24,
    "discard": 0.14,
    "elsewhere": 0.34,
    "one": -0.68,
    "ordinary": -0.36,
    "rest": 0.59,
    "rest_share": -0.08,
    "several": 0.32,
    "state": -0.06,
    "unnamed": 0.51,
}
"""What in a remark speaks for another thing than these."""

ELSE = {
    "chatter": 2.25,
    "discard": -0.19,
    "elsewhere": 3.45,
    "one": 3.38,
    "ordinary": -0.56,
    "rest": 0.09,
    "rest_share": 1.52,
    "several": 0.15,
    "state": -1.07,
    "unnamed": -0.24,
}
"""What in a remark speaks for talk about something else."""
