"""What the models that agents run on cost."""

import numpy

from factories.tables.jobs import PROVIDERS, Price
from factories.tables.story import Story, texts
from factories.values.fitting import decimals
from factories.values.numbers import Each
from factories.world import Draw
from factories.written.declare import Column, TableFactory

_PRICES = tuple(one for models in PROVIDERS for one in models)


def _priced(draw: Draw) -> list[Price]:
    return [_PRICES[int(row) % len(_PRICES)] for row in draw.rows]


class ModelPriceFactory(TableFactory):
    """What a million tokens cost, for each model."""

    class Meta:
        """Of the table `model_prices`."""

        table = "model_prices"
        rows = dict.fromkeys(("smoke", "uat", "load"), len(_PRICES))

    provider = Column(Story(lambda draw: texts([one.provider for one in _priced(draw)]), "model provider"))
    model = Column(Each(tuple(one.model for one in _PRICES)))
    input_per_million = Column(
        Story(lambda draw: decimals(numpy.array([one.read for one in _priced(draw)]), 20, 2), "list price")
    )
    output_per_million = Column(
        Story(lambda draw: decimals(numpy.array([one.written for one in _priced(draw)]), 20, 2), "list price")
    )
