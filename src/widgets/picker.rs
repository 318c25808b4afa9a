//! A list to choose from by typing.
