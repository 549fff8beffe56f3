//! Ranking a sealed round: standings, prizes, unit figures, ties that the board must settle.
