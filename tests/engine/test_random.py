"""Random numbers have addresses: published test vectors, and nothing but the address matters."""

import numpy as np
import pytest

from continuity.model.ids import derived_id
from continuity.simulation.addresses import DURATION, FAILURE, HIT, stream_key
from continuity.simulation.kernels import kernel
from continuity.simulation.kernels_random import philox, two_uniforms, uniform

RECORD, OTHER = derived_id("d", "event", "A"), derived_id("d", "event", "B")


@kernel
def words(key, replication, ordinal):
    return philox(key, replication, ordinal)


@kernel
def uniforms(key, count):
    drawn = np.empty(count)
    for replication in range(count):
        drawn[replication] = uniform(key, replication, np.int64(0))
    return drawn


@kernel
def both(key, replication, ordinal):
    return two_uniforms(key, replication, ordinal), uniform(key, replication, ordinal)


def plain_philox(counter, key):
    """Philox4x32-10 as its paper writes it, on whole counters."""
    a, b, c, d = counter
    k0, k1 = key
    for _ in range(10):
        p0, p1 = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = (p1 >> 32) ^ b ^ k0, p1 & 0xFFFFFFFF, (p0 >> 32) ^ d ^ k1, p0 & 0xFFFFFFFF
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return [a, b, c, d]


@pytest.mark.parametrize(
    ("counter", "key", "published"),
    [
        ([0] * 4, [0] * 2, [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
        ([0xFFFFFFFF] * 4, [0xFFFFFFFF] * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
        (
            [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
            [0xA4093822, 0x299F31D0],
            [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
        ),
    ],
)
def test_that_plain_philox_gives_the_words_published_with_it(counter, key, published) -> None:
    """Known answers of the Random123 library."""
    assert plain_philox(counter, key) == published


@pytest.mark.parametrize("replication", [0, 1, 255, 256, 99_999])
@pytest.mark.parametrize("ordinal", [0, 1, 40_000])
def test_that_the_kernel_draws_what_plain_philox_gives(replication: int, ordinal: int) -> None:
    for key in (0, 1, 0xFEDCBA9876543210):
        expected = plain_philox([replication, ordinal, 0, 0], [key & 0xFFFFFFFF, key >> 32])
        assert list(words(np.uint64(key), replication, ordinal)) == expected


def test_that_uniforms_are_inside_the_unit_interval_and_spread_evenly() -> None:
    drawn = uniforms(np.uint64(stream_key(1, DURATION, RECORD)), 100_000)
    assert 0.0 < drawn.min() < 1e-3 and 1 - 1e-3 < drawn.max() < 1.0
    counts = np.histogram(drawn, bins=100, range=(0, 1))[0]
    chi_square = ((counts - 1000) ** 2 / 1000).sum()
    assert 60 < chi_square < 150  # 99 degrees of freedom


def test_that_a_pair_begins_with_the_single_number() -> None:
    (first, second), single = both(np.uint64(7), 3, 5)
    assert first == single != second


def test_that_keys_differ_by_seed_draw_and_records() -> None:
    keys = {
        stream_key(1, DURATION, RECORD),
        stream_key(2, DURATION, RECORD),
        stream_key(1, FAILURE, RECORD),
        stream_key(1, DURATION, OTHER),
        stream_key(1, HIT, RECORD, OTHER),
        stream_key(1, HIT, OTHER, RECORD),
        stream_key(-1, DURATION, RECORD),
    }
    assert len(keys) == 7
    assert all(0 <= key < 2**64 for key in keys)


def test_that_a_key_is_the_same_on_every_machine() -> None:
    assert stream_key(1, DURATION, "6b3a9d1e-6f0e-5f0b-9a44-7f1f3f0c2a11") == 3029962145933953670
