"""Pure functions over text: folding, words, sentences, language; English and Chinese alike."""
