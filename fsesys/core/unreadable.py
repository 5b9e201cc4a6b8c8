"""A file that is refused as a whole, in a sentence."""


class Unreadable(Exception):
    """`sentence` says what is wrong with the file and what to do."""

    def __init__(self, sentence):
        self.sentence = str(sentence)
        super().__init__(self.sentence)
