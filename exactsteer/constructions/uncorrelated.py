"""The local hidden state model of parties that are not correlated at all, even on a boundary."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from ..exact.matrices import scaled
from ..kernel.field import Number
from ..kernel.matrix import Matrix, matrix_of
from ..scenario import Label
from ..statements.hidden_states import count_strategies, hidden_name, strategies
from ..steering import Assemblage

MOST_STRATEGIES = 10**4


def uncorrelated_model(assemblage: Assemblage) -> dict[str, Matrix] | None:
    """Hidden states, by their names in `statements.hidden_states`, if σ[a₁…|x₁… y] = p₁(a₁|x₁) ⋯ ρ_y.

    ρ_λ = Π_j Π_x p_j(λ_j(x)|x) ρ: every party answers each input independently. None if the assemblage
    is no such product, or has too many strategies. Deterministic and constant assemblages are products.

    >>> import numpy as np
    >>> always_0 = np.zeros((2, 2, 2, 2))
    >>> always_0[0] = np.diag([1, 0])
    >>> model = uncorrelated_model(Assemblage.from_array(always_0, "outcomes-first"))
    >>> [name for name, state in model.items() if not state.vanishes]
    ['ρ of λ = 0 0']
    """
    scenario = assemblage.scenario
    is_trivial = scenario.dimension == 1 and scenario.trusted_inputs is None
    own = scenario.outcomes[:-1] if is_trivial else scenario.outcomes
    if scenario.bobs or count_strategies(own) > MOST_STRATEGIES:
        return None
    answers = [_own_answers(assemblage, p) for p in range(len(scenario.outcomes))]
    nobody = scenario.nobody()
    states = {y: assemblage.marginal(nobody._replace(trusted=y)) for y in scenario.inputs_of_trusted()}
    for label, matrix in assemblage.table.items():
        pairs = zip(label.parties, answers, strict=True)
        share: Number = prod((own[part] for part, own in pairs if part is not None), start=Fraction(1))
        if not (matrix - scaled(states[label.trusted], share)).vanishes:
            return None
    model: dict[str, Matrix] = {}
    for strategy in strategies(own):
        weight: Number = prod(
            (answers[p][a, x] for p, outcomes in enumerate(strategy) for x, a in enumerate(outcomes)),
            start=Fraction(1),
        )
        if is_trivial:
            for (a, x), probability in answers[-1].items():
                model[hidden_name(strategy, (a, x))] = matrix_of([[weight * probability]])
        else:
            for y, state in states.items():
                model[hidden_name(strategy, () if y is None else (y,))] = scaled(state, weight)
    return model


def _own_answers(assemblage: Assemblage, p: int) -> dict[tuple[int, int], Number]:
    """p(a|x) of one party."""
    scenario = assemblage.scenario
    alone = scenario.nobody()
    return {
        (a, x): assemblage.marginal(
            Label((*alone.parties[:p], (a, x), *alone.parties[p + 1 :]), alone.trusted)
        ).trace()
        for x, count in enumerate(scenario.outcomes[p])
        for a in range(count)
    }
