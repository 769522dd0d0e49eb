"""What people write: headlines and texts of every type of content, comments of reviewers, briefs, what clients want."""
# ruff: noqa: E501  # phrases read best a few to a line

TITLES = (
    "{Topic}: {twist}",
    "{Twist}: {topic}",
    "{Topic} ({twist})",
    "{Topic}: {twist} | {company}",
    "{company} on {topic}: {twist}",
)
TWISTS = (
    "where to begin", "what it really costs", "the mistakes we made first", "what changed this year", "a plan for four weeks",
    "five questions to ask first", "the short version", "what nobody tells you", "a checklist", "what we would do again",
    "what our customers say", "explained in two minutes", "the numbers behind it", "what you can leave out", "a second look",
    "a guide for beginners", "if you are short of time", "before and after", "where experts disagree", "one week of trying it",
    "step by step", "why it is worth the wait", "what we tell our friends", "five common questions", "how to tell it works",
    "what it takes", "a story from last month", "myths and facts", "start small", "when it goes wrong", "what to do on day one",
    "a conversation with our team", "in pictures", "half the effort", "what a bad year taught us", "on a small budget", "what to expect",
    "the long view", "a customer's story", "the details that matter", "our notes", "made simple", "without jargon",
    "what the brochure leaves out", "one year later", "an honest comparison", "our own rules", "the most common mistake",
)  # fmt: skip
OPENINGS = (
    "Most people who write to {company} ask about this first.",
    "It began with a question from a customer.",
    "Nobody plans for it, and everybody meets it sooner or later.",
    "We have tried it for a season, and here is what we learned.",
    "There is a long answer and a useful one. This is the useful one.",
    "A year ago we would have written this text differently.",
    "If you read only one thing from us this month, make it this one.",
    "We hear this question about ten times a week, so here is our answer in writing.",
    "You asked, and we went and found out.",
    "This is written for {people}, and everybody else is welcome to read along.",
    "Three minutes of reading, and you will look at it differently.",
    "Some advice sounds too simple to be true. This is that kind.",
)
BRIDGES = (
    "One more thing, which we learned the hard way.",
    "That is the theory; here is what happens in practice.",
    "What surprised us most comes last.",
    "It takes less time than reading about it.",
    "Sounds obvious? It was not obvious to us.",
    "A detail that makes the difference:",
    "From our own experience:",
    "The same question always comes next.",
    "If you remember one sentence, remember this one:",
    "Our team argued about this one for a week.",
    "And for everybody who wants to go further:",
    "Here is the part that is easily forgotten.",
)
ENDINGS = (
    "If you would like to try it, come by or write to us.",
    "Tell us how it went; we read every answer.",
    "The checklist is on our page, free and without a form.",
    "Questions? Just reply; a person answers.",
    "Bring your own example; we have time on Thursdays.",
    "Next month we look at the other side of it.",
    "Save it for later, or send it to somebody who needs it.",
    "We will report again at the end of the season.",
    "Want to see it for yourself? Book half an hour with us.",
    "And if you know a better way, we would like to hear it.",
)
GREETINGS = ("Dear reader,", "Hello,", "Good morning,", "Dear friends of {company},", "Hi there,")
SIGNATURES = ("Until next month,\n{company}", "All the best from\n{company}", "Yours,\nthe team of {company}")
OFFERS = ("Book a visit", "Get the checklist", "Ask for an offer", "See all dates", "Start with a conversation")
HOOKS = (  # how a film begins
    "Have you got a minute? That is all this takes.",
    "Most people ask us about this first.",
    "Let us show you something that took us a year to learn.",
    "Everybody here does it differently. This is how it works best.",
    "It looks harder than it is.",
    "You asked, and we went and found out.",
    "Here is a question that we hear every week.",
    "Watch closely: it is over in no time.",
)
LINKS = ("Read on", "More on our page", "The whole story", "Details", "Try it this week", "Ask us")
SENTENCES = {
    "opening": OPENINGS,
    "bridge": BRIDGES,
    "ending": ENDINGS,
    "greeting": GREETINGS,
    "signature": SIGNATURES,
    "offer": OFFERS,
    "link": LINKS,
    "hook": HOOKS,
}
SHOTS = (
    "Wide shot, early light.",
    "Close-up of hands at work.",
    "Two people at a table, talking.",
    "The door opens, somebody comes in.",
    "Slow pan across the room.",
    "A hand writes one word on a slip of paper.",
    "Outside, from above, people arriving.",
    "The same place, empty, in the evening.",
)
TYPES = {  # of each type of content: how it is put together of the three sentences on its topic, and of one on another
    "blog_post": "{opening}\n\n{one} {two}\n\n{bridge} {three}\n\n{ending}\n\nRead next: {Other}",
    "newsletter": "{greeting}\n\n{opening} {one} {two}\n\n{three}\n\nAlso this month: {other}. {more}\n\n{ending}\n\n{signature}",
    "landing_page": "# {Topic}\n\n{one}\n\n- {two}\n- {three}\n\n[{offer}]({site})",
    "social_post": "{any} {emoji}\n\n{link}: {site}\n#{tag} #{hashtag}",
    "video_script": "[0:00] {shot}\nVoice: {hook}\n\n[0:08] {scene}\nVoice: {one} {two}\n\n[0:32] {close}\nVoice: {three}\n\n[0:45] Logo of {company}. Text: {offer}.",
}  # fmt: skip
MISSING = (
    "quote from the client",
    "photograph",
    "check the figure",
    "the second half",
    "link to the offer",
    "ask legal",
)  # of a draft

# What people say of a piece, each by the step it goes with.
FIRST = (
    "Ready for a look.", "ready for review", "v1, be gentle", "First draft, the second half needs an eye.", "Please check the figure in the second paragraph.",
    "The photo is still missing, the text is done.", "Here is the version we talked about on Monday.", "A bit long still; tell me what can go.",
    "Is the tone right for this client?", "Everything from the brief is in.", "I was not sure about the ending.", "The link comes on Thursday.",
    "Could somebody from the client's side confirm the fact?", "Two headlines in the notes, please choose.",
)  # fmt: skip
COMMENTS = {
    "SUBMITTED": (
        "Changed as discussed.", "done, pls check again", "Fixed, thanks!", "Rewrote the first paragraph, the rest is as it was.", "Moved the quote up.", "Shorter now, and the source is named.", "Second version.", "The opening is new.", "All points taken in, but for the title.",
        "With the new photo.", "Half as many adjectives.",
    ),
    "CHANGES_REQUESTED": (
        "Good story. The opening can lose two sentences.", "Please name the source of the figure.", "Too many adjectives for this client.", "The call to action is missing.",
        "The second paragraph repeats the first.", "Can we say this without the comparison?", "Headline promises more than the text gives.", "Please use the client's word for it.",
        "Nearly there: the ending is too abrupt.", "Wrong audience in the third sentence.", "Check the opening hours, please.", "Typo in the headline.", "pls swap the photo, we used it in the spring already", "Love the story, lose the last paragraph.", "Link is dead.",
        "Who says this? We need a name.", "Shorter. Half of it, ideally.", "The client prefers the formal version.", "Good, but not in this order.",
    ),
    "APPROVED": (
        "Good to go.", "Approved, lovely ending.", "Approved. Use the shorter headline for social.", "Fine with legal, too.", "Thanks, that was quick.", "Approved as it is.",
        "Yes. Please mind the publishing date.", "Client has seen it and is happy.", "Approved; I corrected one comma.", "Well done, this one is a keeper.", "ok", "👍", "Approved, with the small change in the last line.", "Lovely. Go.", "Signed off by the client this morning.", "LGTM",
    ),
    "REJECTED": (
        "Not for this client: wrong audience.", "We published something very similar last month.", "The offer has ended, let us drop it.", "The client does not want this topic any more.",
        "Too close to what a competitor ran.", "We cannot stand behind the figure.", "Budget for this was moved to next quarter.", "Sorry, the topic is taken: see the newsletter.", "Off brief.",
    ),
    "PUBLISHED": ("Published.", "Live since this morning.", "Out, and linked from the start page.", "Published, numbers follow on Friday.", "Live. Newsletter goes out tomorrow.", "Live, shared with the client.", "Out.", "Scheduled slot used, it is live now."),
}  # fmt: skip

_PARTS = (
    "Start with the newest creative", "Half of the budget on all audiences", "Only people who have visited before", "Carry on as planned", "Mornings and evenings only",
    "The short film first, the long one from week two", "Both headlines in equal shares", "No weekends", "Low bids until day three", "New visitors only",
)  # fmt: skip
_MARKS = (
    "pause ads above 2.00 a click", "review after one week", "call the client before changing anything", "report every Monday", "keep the old creative running beside it",
    "pause on public holidays", "cap at three views per person a week", "move unspent budget to the second half",
)  # fmt: skip
BRIEFS = tuple(f"{part}; {mark}." for part in _PARTS for mark in _MARKS)

WHY = (
    "The client asked for it in the weekly call.", "Needed before the campaign starts.", "Part of the monthly routine.", "Came up in the review.", "Promised for Thursday.",
    "Somebody noticed it on the live page.", "Left over from last week.", "For the meeting with the client.", "Last month's numbers made us ask.", "A reader wrote in about it.",
    "Sales would like to use it, too.", "The old version is two years old.",
)  # fmt: skip
HOW = {  # what is asked of each kind of agent
    "Copywriter": ("Keep it short.", "Two versions, please.", "Leave out prices.", "In the client's own words.", "Use last month's as a model.", "One idea, one call to action."),
    "Researcher": ("Name the sources, with dates.", "A list is enough.", "Nothing older than two years.", "Say what you were not sure about.", "One page at most.", "Include one source that disagrees."),
    "Editor": ("Mark, do not rewrite.", "Check every figure against the brief.", "The tone matters more than the length.", "Comments in the margin, please.", "Ask before you cut anything.", "British spelling."),
    "SEO specialist": ("With volumes per month.", "With a table at the end.", "Titles under 60 characters.", "Leave the text itself alone.", "Compare with last quarter.", "Only pages that have visits."),
    "Social media planner": ("One idea per post.", "Suggest a picture for each.", "Not on Mondays.", "Keep to the content calendar.", "No more than two hashtags.", "Leave replies to a person."),
    "Analyst": ("Compare with the same weeks last year.", "Three sentences and one chart.", "Leave out the day of the outage.", "Name the biggest uncertainty.", "Numbers up to yesterday.", "By channel, please."),
    "Translator": ("Keep the product names.", "Informal address.", "Same length as the original.", "Mark what does not translate.", "Use the glossary.", "The subtitles have 42 characters a line."),
    "Budget keeper": ("Up to yesterday.", "Only what is above plan.", "Name who has to decide.", "In the client's currency.", "Include what is booked for next month.", "Two lines are enough."),
}  # fmt: skip
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
