"""What a place is, in words."""

KIND_WORDS = {
    "country": "Country",
    "admin1": "State or province",
    "admin2": "County or district",
    "city": "City",
    "site": "Site",
    "island": "Island",
    "sea": "Sea",
    "area": "Region",
}
