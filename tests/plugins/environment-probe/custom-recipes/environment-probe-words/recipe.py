import tiny_words
from dataiku import Dataset
from dataiku.customrecipe import get_output_names_for_role

with Dataset(get_output_names_for_role("words")[0]).get_writer() as writer:
    writer.write_row_dict({"word": tiny_words.WORD})
