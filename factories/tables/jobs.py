"""What agents do, what they are told, and the models they run on (names and list prices as of November 2026)."""
# ruff: noqa: E501  # a job, and a model, reads best on one line

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """One job: its title, who does it, the task in the words of a prompt, the tools, and what tasks are called."""

    title: str
    who: str
    task: str
    tools: tuple[str, ...]
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """A provider's model, and what a million tokens cost that it reads and writes, in cents."""

    provider: str
    model: str
    read: int
    written: int


JOBS = (
    Job("Copywriter", "the copywriter", "Write short, friendly texts about the client's products in the client's brand voice.", ("write_draft", "read_brand_voice"), ("Draft three openings for the landing page", "Write the product text for the newsletter", "Shorten the launch article to 300 words")),
    Job("Researcher", "the researcher", "Collect sources on the question you are given and sum them up, each with its link.", ("web_search", "read_page"), ("Collect sources on what customers search for", "Compare five competitors' offers", "Sum up the industry report")),
    Job("Editor", "the editor", "Check tone, grammar and facts of a draft before anything is published, and say what to change.", ("review_draft", "read_brand_voice"), ("Check the facts in the spring article", "Bring the newsletter into the brand voice", "Review the video script")),
    Job("SEO specialist", "the search specialist", "Find what people search for, and improve headlines and descriptions accordingly.", ("keyword_lookup", "read_page"), ("Find keywords for the new campaign", "Improve ten meta descriptions", "Look for pages that rank for nothing")),
    Job("Social media planner", "the social media planner", "Turn articles into posts, and propose a plan for the week. You never publish anything yourself.", ("write_draft", "read_calendar"), ("Plan the posts of next week", "Turn the guide into five posts", "Propose replies to the comments")),
    Job("Analyst", "the analyst", "Explain the numbers of the week in plain words, and name what is unusual.", ("read_analytics", "draw_chart"), ("Explain last week's numbers", "Find out why clicks dropped on Tuesday", "Prepare the monthly report")),
    Job("Translator", "the translator", "Translate a text so that it reads as if it had been written in the other language.", ("read_glossary", "write_draft"), ("Translate the landing page into German", "Translate the newsletter into Spanish", "Check the glossary for new words")),
    Job("Budget keeper", "the budget keeper", "Watch what campaigns spend, and warn before a budget is used up. You change no budget yourself.", ("read_analytics", "read_budget"), ("Check the budgets of running campaigns", "Forecast the spend until the end of the month", "List campaigns that cost more than planned")),
)  # fmt: skip

LINES = (
    "Keep answers under 200 words unless you are asked for more.", "Name your sources, each with its link.", "Ask when something is unclear, rather than guess.", "Use the client's own words for the client's products.",
    "Write no prices and no promises that are not in the brief.", "Answer in the language of the question.", "Never mention other clients.", "Give numbers with their period and their unit.", "Begin with the answer, then give the reasons.",
)  # fmt: skip

PROVIDERS = (  # each from the oldest to the newest in use
    (Price("ANTHROPIC", "claude-haiku-4-5", 100, 500), Price("ANTHROPIC", "claude-sonnet-4-6", 300, 1500), Price("ANTHROPIC", "claude-sonnet-5", 200, 1000), Price("ANTHROPIC", "claude-opus-5", 500, 2500)),
    (Price("OPENAI", "gpt-5.4-mini", 75, 450), Price("OPENAI", "gpt-5.5", 500, 3000), Price("OPENAI", "gpt-5.6-terra", 200, 1200), Price("OPENAI", "gpt-6-sol", 200, 1000)),
    (Price("GOOGLE", "gemini-3.5-flash-lite", 30, 250), Price("GOOGLE", "gemini-3.5-flash", 150, 900), Price("GOOGLE", "gemini-3.6-flash", 150, 750)),
    (Price("MISTRAL", "mistral-medium-2508", 40, 200), Price("MISTRAL", "mistral-medium-3-5", 150, 750)),
)  # fmt: skip
BROKEN_MODEL = Price("OPENAI", "gpt-that-does-not-exist", 0, 0)

NICKNAMES = (
    "Juniper", "Basil", "Clover", "Sage", "Rowan", "Hazel", "Fern", "Linden", "Aspen", "Briar", "Sorrel", "Maple", "Tansy", "Alder", "Laurel", "Bramble", "Willow", "Heather", "Nettle", "Yarrow", "Poppy", "Thyme", "Cedar", "Ivy",
)  # fmt: skip
ERRORS = (
    "Rate limit reached; try again in 20 s", "The provider did not answer within 120 s", "The input is longer than the model's context", "The answer was no valid JSON",
)  # fmt: skip
