"""Wording of the workbook: inside the file, and in the chat."""
