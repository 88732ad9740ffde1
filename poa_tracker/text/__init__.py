"""Text as such: passages, tokens, words, similarity and alignment; offsets are always kept."""
