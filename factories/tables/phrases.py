"""What people write: headlines and paragraphs of pieces, comments of reviewers, briefs, and why a task is there."""

TITLES = (
    "{Topic}",
    "{Company}: {topic}",
    "What we learned about {topic}",
    "{Topic}, explained in five minutes",
    "A short guide: {topic}",
    "Behind the scenes at {company}: {topic}",
    "Readers ask: {topic}",
    "{Topic} (with checklist)",
)
OPENINGS = (
    "Most people who write to {company} ask the same thing first.",
    "It began with a question from a customer.",
    "Nobody plans for this, and everybody meets it.",
    "We have tried it for a season, and here is what happened.",
    "There is a short answer, and a useful one.",
)
MIDDLES = (
    "This piece is about {topic}: what it takes, what it costs, and what can be left out.",
    "The subject is {topic}. It sounds simple, and in the beginning it is.",
    "For {people}, this is less about money than about time.",
    "Three things matter here, and only one of them is new.",
)
STARTS = (
    "Start small, write down what happens, and change one thing at a time.",
    "The first week is the hardest; the second tells you whether to go on.",
    "Begin with what you have, and buy nothing before the second try.",
)
DETAILS = (
    "We asked twelve of our regulars, and nine would do it again.",
    "Whoever compares three offers saves more than whoever haggles over one.",
    "Most of what goes wrong goes wrong on the first day, and can be put right on the second.",
)
ENDINGS = (
    "If you would like to try it, come by or write to us.",
    "Next month we look at the other side of it.",
    "Tell us how it went; we read every answer.",
    "The checklist is on our page, free and without a form.",
)

FIRST = (
    "Ready for a look.",
    "First draft, the second half needs an eye.",
    "Please check the numbers in the third paragraph.",
    "The photo is still missing, the text is done.",
)
COMMENTS = {
    "SUBMITTED": ("Changed as discussed.", "Shorter now, and the source is named.", "Second version."),
    "CHANGES_REQUESTED": (
        "Good story. The opening can lose two sentences.",
        "Please name the source of the figure.",
        "Too many adjectives for this client.",
        "The call to action is missing.",
    ),
    "APPROVED": (
        "Good to go.",
        "Approved, lovely ending.",
        "Approved. Use the shorter headline for social.",
        "Fine with legal, too.",
    ),
    "REJECTED": (
        "Not for this client: wrong audience.",
        "We published something very similar last month.",
        "The offer has ended, let us drop it.",
    ),
    "PUBLISHED": ("Published.", "Live since this morning."),
}

BRIEFS = (
    "Start with the newest motif.",
    "Half of the budget, all audiences.",
    "Only people who have been there before.",
    "Carry on as planned.",
)
WHY = (
    "The client asked for it in the weekly call.",
    "Needed before the campaign starts.",
    "Part of the monthly routine.",
    "Came up in the review.",
)
HOW = ("Keep it short.", "Use last month's version as a model.", "Mention what is missing.", "Two variants, please.")
