"""The times that an English news text names: days, months, times of day, durations, repetitions."""
