"""The LKE of a unit as files: a workbook that computes, its way back, CSV and JSON."""
