"""What a visitor or a source could write."""

import string

from hypothesis import strategies as st

CHARACTERS = string.ascii_letters + string.digits + string.punctuation + " \t\n\x00éßİ٥\u00a0\u202e€💥"
any_text = st.text(CHARACTERS, max_size=12)
