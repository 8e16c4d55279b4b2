"""Convexity and monotonicity of the negativity of steering, in exact arithmetic (Theorems 9 and 10)."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from constructions.test_constructions import measurements_of, random_kraus
from exact_quantum import random_state
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer import Assemblage, check
from exactsteer.constructions.negativity import Processing, mixed, processed
from exactsteer.constructions.pseudo import PseudoModel
from exactsteer.exact.ldl import ldl
from exactsteer.exact.matrices import mixture, of_entries, product, scaled, tensor
from exactsteer.kernel.field import Number
from exactsteer.kernel.matrix import identity, steered, transpose
from exactsteer.literature.formalism_realisations import gleason_pseudo_state, pr_box_pseudo_state
from exactsteer.prover.prove import prove
from exactsteer.scenario import Label, Scenario
from exactsteer.statements import PseudoRealisation
from exactsteer.statements.realisation import Realisation, SectorState
from exactsteer.steering.maps import LinearMap

seeds = st.integers(0, 2**32)


def model_of(statement: PseudoRealisation) -> tuple[Assemblage, PseudoModel]:
    sigma = Assemblage.from_elements(statement.scenario, statement.assemblage)
    return sigma, PseudoModel(statement.realisation, statement.negative_states)


def proved(sigma: Assemblage, model: PseudoModel, bound: Number) -> bool:
    return check(prove(model.claim(sigma, bound)).bytes()).status == "accepted"


def random_model(rng: np.random.Generator, parties: int) -> tuple[Assemblage, PseudoModel]:
    """ρ₊ - ρ₋ with little enough of ρ₋ that the assemblage is positive."""
    size, zeros = 2 ** (parties + 1), (0,) * parties
    measurements = tuple((measurements_of(rng, 2, [2, 2]),) for _ in range(parties))
    plus, minus = (random_state(rng, size, rank).matrix() for rank in (size, 1))
    scenario = Scenario(((2, 2),) * parties, 2)
    nu = Fraction(1, 2)
    while True:
        positive = Realisation(measurements, (SectorState(zeros, scaled(plus, 1 + nu)),))
        negative = Realisation(measurements, (SectorState(zeros, scaled(minus, nu)),))
        given_, taken = (r.elements(scenario.labels()) for r in (positive, negative))
        table = {label: (given_[label] - taken[label]).reduced() for label in given_}
        if all(ldl(matrix) is not None for matrix in table.values()):
            model = PseudoModel(positive, negative.states)
            return Assemblage.from_elements(scenario, table), model
        nu /= 4


@settings(deadline=None, max_examples=15)
@given(seeds, st.fractions(0, 1))
def test_negativity_is_convex(seed: int, weight: Fraction) -> None:
    rng = np.random.default_rng(seed)
    (one, first), (other, second) = (random_model(rng, 2) for _ in range(2))
    sigma = Assemblage.from_elements(
        one.scenario, {k: mixture(weight, m, other.table[k]) for k, m in one.table.items()}
    )
    model = mixed(weight, first, second)
    bound = weight * first.negativity + (1 - weight) * second.negativity
    assert model.negativity == bound
    assert proved(sigma, model, bound)


def random_processing(rng: np.random.Generator, parties: int, inputs: int) -> Processing:
    """Λ from B to A'₁ … A'_n B' (qubits), instruments with `inputs` outcomes for two new inputs."""
    isometries = random_kraus(rng, 2 ** (parties + 1), 1)[0]
    rows = [[isometries.entry(r, c) for c in (0, 1)] for r in range(2 ** (parties + 1))]
    kraus = of_entries(rows)
    instruments = []
    for _ in range(parties):
        own = []
        for _ in range(2):
            operators = random_kraus(rng, 2, inputs)
            own.append(tuple(LinearMap.from_kraus([operator]) for operator in operators))
        instruments.append(tuple(own))
    final = tuple(measurements_of(rng, 2, [3, 3]) for _ in range(parties))
    return Processing(LinearMap.from_kraus([kraus]), (2,) * parties, tuple(instruments), final)


def processed_assemblage(sigma: Assemblage, processing: Processing) -> Assemblage:
    """σ' from σ alone, by the circuit of Fig. 3b for one party, outcome by outcome."""
    table = {}
    scenario = Scenario(((3, 3),), 2)
    for label in scenario.labels():
        new, setting = label.parties[0] or (0, 0)
        total = None
        for x, instrument in enumerate(processing.instruments[0][setting]):
            for a, outcomes in enumerate(processing.final[0]):
                image = processing.channel(sigma.table[Label(((a, x),))])
                # The instrument acts on A', the first factor; then N_{a'|a} is measured on the memory.
                effect = instrument.dual()(outcomes[new])
                part = steered(effect, image)
                total = part if total is None else total + part
        assert total is not None
        table[label] = total.reduced()
    return Assemblage.from_elements(scenario, table)


@settings(deadline=None, max_examples=10)
@given(seeds)
def test_one_way_quantum_operations_do_not_raise_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sigma, model = random_model(rng, 1)
    processing = random_processing(rng, 1, 2)
    after = processed_assemblage(sigma, processing)
    changed = processed(model, processing)
    assert changed.negativity == model.negativity
    assert proved(after, changed, model.negativity)


def test_two_parties_are_processed() -> None:
    """Example 7, whose negativity is known, after operations of both Alices."""
    rng = np.random.default_rng(7)
    model = model_of(gleason_pseudo_state())[1]
    changed = processed(model, random_processing(rng, 2, 2))
    scenario = Scenario(((3, 3), (3, 3)), 2)
    positive = changed.realisation.elements(scenario.labels())
    negative = Realisation(changed.realisation.measurements, changed.negative_states).elements(
        scenario.labels()
    )
    table = {label: (positive[label] - negative[label]).reduced() for label in positive}
    after = Assemblage.from_elements(scenario, table)
    assert changed.negativity == Fraction(2, 21)
    assert proved(after, changed, Fraction(2, 21))


def test_the_known_pseudo_states_are_tight() -> None:
    for statement in (pr_box_pseudo_state(), gleason_pseudo_state()):
        assert model_of(statement)[1].negativity == statement.bound
        assert check(prove(statement).bytes()).status == "accepted"


def test_products_and_transposes_agree() -> None:
    """steered(E, X) = tr₁[(E ⊗ 1)X], entry by entry against the product."""
    rng = np.random.default_rng(3)
    effect, operator = random_state(rng, 2, 2).matrix(), random_state(rng, 6, 4).matrix()
    whole = product(tensor(effect, identity(3)), operator)
    found = steered(effect, operator)
    for r in range(3):
        for c in range(3):
            entries = [whole.entry(k * 3 + r, k * 3 + c) for k in range(2)]
            assert found.entry(r, c) == (sum(e[0] for e in entries), sum(e[1] for e in entries))
    assert (transpose(transpose(operator)) - operator).vanishes
