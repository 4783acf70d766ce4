"""The importer of the CBS tables on StatLine: fetched, mapped through the catalogue, combined with what is embedded."""
