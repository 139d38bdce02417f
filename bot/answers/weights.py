"""What each piece of evidence weighs, as `tools/odds.py` learned it; never changed by hand."""

THINGS = {
    "alike": (-0.3, -0.15, -0.4, 0.2, 0.21),
    "alike_lead": (0.77, -0.09, 0.03, 0.01, -0.15),
    "broad": (-0.94, -0.33, -0.29, -0.25, -0.38),
    "covers": (0.0, 0.03, -0.07, 0.33, 0.18),
    "covers_best": (0.06, 0.14, -0.18, 0.17, -0.03),
    "covers_lead": (0.76, 0.08, 0.13, -0.03, 0.31),
    "danger": (-0.19, 0.03, -0.16, -0.09, 0.14),
    "explains": (0.45, -0.33, -0.23, 0.06, 0.03),
    "found": (0.39, -0.17, 0.01, 0.05, -0.17),
    "is_found": (0.21, -0.38, -0.06, 0.12, -0.11),
    "latent": (-0.24, 1.07, 0.21, 0.32, 0.53),
    "latent_best": (-0.01, 0.4, -0.29, 0.03, 0.07),
    "latent_lead": (1.73, 0.79, 0.67, -0.04, 0.44),
    "latent_share": (0.74, 0.64, 0.28, 0.08, 0.46),
    "named": (0.31, -0.27, -0.02, 0.16, -0.07),
    "near": (0.54, 0.26, 0.32, 0.02, 0.12),
    "shared": (0.39, -0.17, 0.13, 0.2, -0.1),
    "size": (-0.13, -0.54, -0.34, -0.11, -0.02),
    "sure": (0.33, -0.05, -0.04, -0.18, 0.0),
    "tail": (0.52, 0.08, 0.44, 0.12, -0.02),
    "tail_last": (-0.01, -0.23, 0.35, 0.17, -0.21),
    "told": (1.06, 0.85, 0.37, 0.18, 0.66),
    "told_best": (0.83, 0.69, -0.03, -0.02, 0.24),
    "told_lead": (2.58, 1.46, 1.11, 0.14, 1.14),
    "whole": (0.16, 0.23, 0.27, 0.21, -0.07),
    "wide": (-0.89, -0.36, -0.54, -0.11, -0.22),
    "wide_best": (0.03, 0.09, -0.28, -0.02, -0.25),
    "wide_lead": (0.39, 0.12, 0.07, -0.25, -0.14),
}
"""Evidence for a thing: its weight in every remark, and more of it for each part of CONTEXT."""

NONE = {
    "chatter": 0.01,
    "discard": 0.11,
    "elsewhere": 0.21,
    "one": -0.71,
    "ordinary": -0.23,
    "rest": 0.41,
    "rest_share": 0.1,
    "several": -0.05,
    "state": -0.3,
    "unnamed": 0.51,
}
"""What in a remark speaks for another thing than these."""

ELSE = {
    "chatter": 1.41,
    "discard": -0.47,
    "elsewhere": 5.18,
    "one": 3.0,
    "ordinary": -0.17,
    "rest": 0.25,
    "rest_share": 1.28,
    "several": 0.67,
    "state": -0.73,
    "unnamed": -0.6,
}
"""What in a remark speaks for talk about something else."""
