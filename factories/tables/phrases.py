"""What people write: headlines and texts of every type of content, comments of reviewers, briefs, what clients want."""
# ruff: noqa: E501  # phrases read best a few to a line

TITLES = (
    "{Topic}: {twist}",
    "{Topic} ({twist})",
    "Readers ask: {topic} ({twist})",
    "Behind the scenes: {topic}, {twist}",
    "{company}: {topic}, {twist}",
    "In short: {topic}, {twist}",
    "{Twist}: {topic}",
    "{Twist} ({topic})",
    "This month: {topic}, {twist}",
    "Asked again: {topic}, {twist}",
    "Explained: {topic}, {twist}",
    "From our notebook: {topic}, {twist}",
)
TWISTS = (
    "where to begin", "what it costs", "the mistakes we made first", "what changed this year", "a plan for four weeks",
    "questions to ask before you start", "the short version", "what nobody tells you", "a checklist", "what we would do again",
    "what customers say", "in ten minutes", "the numbers", "what to leave out", "a second look", "for beginners",
    "for people short of time", "before and after", "where experts disagree", "tools that help", "one week of trying",
    "step by step", "the case for waiting", "what we would tell a friend", "five common questions", "how to tell it worked",
    "what it takes", "a story from last month", "myths and facts", "small steps first", "when it goes wrong",
    "what to do on day one", "a conversation", "with photographs", "half the effort", "lessons from a bad year",
    "on a small budget", "what to expect", "the long view", "a case from practice", "the details that matter", "notes from a talk",
    "a guide for two", "without jargon", "what the brochure leaves out", "a year later", "an honest comparison", "our own rules",
)  # fmt: skip
OPENINGS = (
    "Most people who write to {company} ask about this first: {topic}.",
    "It began with a question from a customer, and the question was {topic}.",
    "Nobody plans for it, and everybody meets it sooner or later: {topic}.",
    "We have tried it for a season, and here is what happened.",
    "There is a short answer, and a useful one. This is the useful one.",
    "Last spring we would have written this text differently.",
    "If you read only one thing from us this month, let it be {topic}.",
    "Our counter hears this question about ten times a week.",
)
MIDDLES = (
    "This piece is about {topic}: what it takes, what it costs, and what can be left out.",
    "It sounds simple, and in the beginning it is.",
    "For {people}, this is less about money than about time.",
    "Three things matter here, and only one of them is new.",
    "Whoever asks three people gets four answers; we asked them all, and kept what they agreed on.",
    "We write it down here so that {people} can decide for themselves.",
)
STARTS = (
    "Start small, write down what happens, and change one thing at a time.",
    "The first week is the hardest; the second tells you whether to go on.",
    "Begin with what you have, and buy nothing before the second try.",
    "Ask somebody who did it last year: that saves more than any brochure.",
    "Put a date to it, and tell somebody the date.",
    "Look at what you do already; most of it can stay.",
)
DETAILS = (
    "We asked twelve of our regulars, and nine would do it again.",
    "Whoever compares three offers saves more than whoever haggles over one.",
    "Most of what goes wrong goes wrong on the first day, and can be put right on the second.",
    "Two things surprised us: how quickly it went, and how little was left over.",
    "The part that takes longest is the one that nobody sees.",
    "It is worth doing properly once rather than halfway every year.",
)
ENDINGS = (
    "If you would like to try it, come by or write to us.",
    "Next month we look at the other side of it.",
    "Tell us how it went; we read every answer.",
    "The checklist is on our page, free and without a form.",
    "We will report again when the season is over.",
    "Bring your own example; we have time on Thursdays.",
)
GREETINGS = ("Dear reader,", "Hello,", "Good morning,", "Dear friends of {company},", "Hi there,")
SIGNATURES = ("Until next month,\n{company}", "All the best from\n{company}", "Yours,\nthe team of {company}")
OFFERS = ("Book a visit", "Get the checklist", "Ask for an offer", "See all dates", "Start with a conversation")
SENTENCES = {
    "opening": OPENINGS,
    "middle": MIDDLES,
    "start": STARTS,
    "detail": DETAILS,
    "ending": ENDINGS,
    "greeting": GREETINGS,
    "signature": SIGNATURES,
    "offer": OFFERS,
}
SHOTS = (
    "Wide shot, early light.",
    "Close-up of hands at work.",
    "Two people at a table, talking.",
    "The door opens, somebody comes in.",
    "Slow pan across the room.",
)
TYPES = {  # of each type of content: how it is put together
    "blog_post": "{opening} {middle}\n\n{fact} {start}\n\n{detail} {more}\n\n{ending}",
    "newsletter": "{greeting}\n\n{opening} {fact}\n\n{middle} {start}\n\n{ending}\n\n{signature}",
    "landing_page": "# {Topic}\n\n{fact}\n\n- {start}\n- {detail}\n- {more}\n\n[{offer}]",
    "social_post": "{fact} {ending} #{tag} #{hashtag}",
    "video_script": "[0:00] {shot}\nVoice: {opening}\n\n[0:15] {scene}\nVoice: {fact} {start}\n\n[0:40] Voice: {more}\n\n[0:55] Logo of {company}. Text: {offer}.",
}  # fmt: skip

# What people say of a piece, each by the step it goes with.
FIRST = (
    "Ready for a look.", "First draft, the second half needs an eye.", "Please check the figure in the second paragraph.",
    "The photo is still missing, the text is done.", "Here is the version we talked about on Monday.", "A bit long still; tell me what can go.",
    "Is the tone right for this client?", "Everything from the brief is in.", "I was not sure about the ending.", "The link comes on Thursday.",
    "Could somebody from the client's side confirm the fact?", "Two headlines in the notes, please choose.",
)  # fmt: skip
COMMENTS = {
    "SUBMITTED": (
        "Changed as discussed.", "Shorter now, and the source is named.", "Second version.", "The opening is new.", "All points taken in, but for the title.",
        "With the new photo.", "Half as many adjectives.",
    ),
    "CHANGES_REQUESTED": (
        "Good story. The opening can lose two sentences.", "Please name the source of the figure.", "Too many adjectives for this client.", "The call to action is missing.",
        "The second paragraph repeats the first.", "Can we say this without the comparison?", "Headline promises more than the text gives.", "Please use the client's word for it.",
        "Nearly there: the ending is too abrupt.", "Wrong audience in the third sentence.", "Check the opening hours, please.",
    ),
    "APPROVED": (
        "Good to go.", "Approved, lovely ending.", "Approved. Use the shorter headline for social.", "Fine with legal, too.", "Thanks, that was quick.", "Approved as it is.",
        "Yes. Please mind the publishing date.", "Client has seen it and is happy.", "Approved; I corrected one comma.", "Well done, this one is a keeper.",
    ),
    "REJECTED": (
        "Not for this client: wrong audience.", "We published something very similar last month.", "The offer has ended, let us drop it.", "The client does not want this topic any more.",
        "Too close to what a competitor ran.", "We cannot stand behind the figure.",
    ),
    "PUBLISHED": ("Published.", "Live since this morning.", "Out, and linked from the start page.", "Published, numbers follow on Friday.", "Live. Newsletter goes out tomorrow."),
}  # fmt: skip

_PARTS = (
    "Start with the newest motif", "Half of the budget, all audiences", "Only people who have been there before", "Carry on as planned", "Mornings and evenings only",
    "The short film first, the long one from the second week on", "Both headlines, equal shares", "Without weekends", "Bid low until the third day", "New visitors only",
)  # fmt: skip
_MARKS = (
    "stop what is dearer than two a click", "look again after a week", "the client wants a word before it changes", "report on Mondays", "keep the old motif running beside it",
    "pause on holidays", "no more than three times a person", "move what is left to the second half",
)  # fmt: skip
BRIEFS = tuple(f"{part}; {mark}." for part in _PARTS for mark in _MARKS)

WHY = (
    "The client asked for it in the weekly call.", "Needed before the campaign starts.", "Part of the monthly routine.", "Came up in the review.", "Promised for Thursday.",
    "Somebody noticed it on the live page.", "Left over from last week.", "For the meeting with the client.", "The numbers of last month made us ask.", "A reader wrote in about it.",
    "Sales would like to use it, too.", "The old version is two years old.",
)  # fmt: skip
HOW = (
    "Keep it short.", "Use last month's version as a model.", "Mention what is missing.", "Two variants, please.", "Name the sources.", "A list is enough.", "In the client's own words.",
    "Leave out prices.", "Say what you were not sure about.", "One page at most.", "With a table at the end.", "Ask before you drop something.",
)  # fmt: skip
REMEMBER = (
    "Prefers British spelling.", "Approvals come from the head of marketing alone, by Thursday noon.", "No discounts in headlines.", "Competitors are never named.",
    "Photographs without recognisable faces.", "The product names are not translated.", "Texts are read by legal before they go out; allow three days.", "Likes questions as headlines.",
    "Numbers only with their source.", "Newsletters go out on Tuesdays at nine.", "Dislikes the word solution.", "The founder signs the newsletter.", "No emoji outside of social media.",
    "Opening hours change in July and August.",
)  # fmt: skip
AVOID = (
    "cheap",
    "revolutionary",
    "unique",
    "guarantee",
    "solution",
    "best",
    "exclusive",
    "journey",
    "premium",
    "innovative",
)
