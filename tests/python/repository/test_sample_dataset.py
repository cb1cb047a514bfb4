"""The sample dataset: what DSS reads of it, and what people find in it."""

import datetime
import re
from collections import Counter

import pytest

from tests.python.sample_reviews import DESCRIPTOR, FILES, TYPES, read_cells, read_reviews

REVIEWS = read_reviews()
N_REVIEWS = 400


def day(review):
    return datetime.datetime.strptime(review["review_date"], "%Y-%m-%dT00:00:00.000Z").date()


def mentioning(*words):
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
    return [review for review in REVIEWS if pattern.search(review["review"])]


def test_it_has_as_many_rows_as_its_descriptor_says():
    assert (len(read_cells()), DESCRIPTOR["meta"]["rowCount"]) == (N_REVIEWS, N_REVIEWS)


def test_its_columns_are_those_of_its_descriptor():
    assert TYPES == {
        "review_id": "string", "review_date": "date", "hotel": "string",
        "traveller": "string", "rating": "bigint", "review": "string",
    }  # fmt: skip
    assert {len(cells) for cells in read_cells()} == {len(TYPES)}


def test_every_row_is_one_line():
    assert [path.name for path in FILES] == ["reviews.csv"]
    content = FILES[0].read_bytes()
    assert (content.count(b"\n"), content.count(b"\r"), content[-1:]) == (N_REVIEWS, 0, b"\n")


def test_no_cell_is_empty_or_needs_an_escape():
    # DSS does not document how a quote inside a cell of a sample dataset is escaped.
    cells = [cell for row in read_cells() for cell in row]
    assert len(cells) == N_REVIEWS * len(TYPES)
    assert [cell for cell in cells if not cell.strip() or re.search(r'["\\\r\n]', cell)] == []


def test_identifiers_number_the_reviews():
    assert [review["review_id"] for review in REVIEWS] == [f"R{n:04}" for n in range(1, N_REVIEWS + 1)]


def test_dates_rise_through_every_month_of_two_years():
    days = [day(review) for review in REVIEWS]
    assert days == sorted(days)
    months = {(date.year, date.month) for date in days}
    assert months == {(year, month) for year in (2024, 2025) for month in range(1, 13)}


def test_ratings_run_from_1_to_5():
    assert {review["rating"] for review in REVIEWS} == set("12345")


def test_groups_have_few_values_with_many_reviews():
    hotels = Counter(review["hotel"] for review in REVIEWS)
    travellers = Counter(review["traveller"] for review in REVIEWS)
    assert set(hotels) == {"Airport Court", "Harbour View", "Lakeside Lodge", "Old Mill", "Station House"}
    assert set(travellers) == {"business", "couple", "family", "solo"}
    assert min(*hotels.values(), *travellers.values()) >= 50


def test_no_two_texts_are_alike():
    texts = {" ".join(re.findall(r"[a-z0-9]+", review["review"].lower())) for review in REVIEWS}
    assert len(texts) == N_REVIEWS


def test_no_two_texts_share_a_long_sentence():
    sentences = [
        sentence
        for review in REVIEWS
        for sentence in re.split(r"[.!?]\s*", review["review"].lower())
        if len(sentence.split()) >= 5
    ]
    assert len(sentences) > N_REVIEWS
    assert [sentence for sentence, n in Counter(sentences).items() if n > 1] == []


def test_lengths_vary_between_8_and_60_words():
    lengths = [len(review["review"].split()) for review in REVIEWS]
    assert (min(lengths), max(lengths)) == (8, 60)


def test_wifi_complaints_begin_in_march_2025():
    complaints = [day(review) for review in mentioning("wifi", "internet") if int(review["rating"]) <= 2]
    assert len(complaints) > 25
    assert min(complaints) >= datetime.date(2025, 3, 1)


def test_construction_noise_is_of_one_hotel_and_ends_in_autumn_2024():
    reviews = [review for review in mentioning("drilling", "builders") if int(review["rating"]) <= 2]
    assert len(reviews) > 15
    assert {review["hotel"] for review in reviews} == {"Old Mill"}
    assert max(map(day, reviews)) < datetime.date(2024, 10, 1)


@pytest.mark.parametrize(
    ("word", "column", "value"), [("pool", "hotel", "Harbour View"), ("kids", "traveller", "family")]
)
def test_a_theme_is_typical_of_one_group(word, column, value):
    reviews = mentioning(word)
    assert len(reviews) > 25
    assert sum(review[column] == value for review in reviews) >= 0.8 * len(reviews)
