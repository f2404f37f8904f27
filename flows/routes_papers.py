"""Routes of letters and their templates. See `flows.routes`."""

from flows.action import Route

LETTERS = Route("surat")  # which letters of the open unit
LETTER = Route("surat.isi", str, int)  # letter, meeting (0 = none): what it will say, what is empty
LETTER_MAKE = Route("surat.buat", str, int, int)  # letter, unit, meeting: asks for the document
LETTER_MEETING = Route("surat.rapat", str, int)  # letter, page: of which meeting
LETTERS_OF_MEETING = Route("surat.dari", int)  # meeting: which letters of it

TEMPLATES = Route("templat", int)  # agency: the templates of its letters
TEMPLATE = Route(
    "templat.isi", int, str
)  # agency, letter: the one in use, its fields; a sent file is a new one
TEMPLATE_GET = Route("templat.unduh", int, str)  # agency, letter: the file in use
TEMPLATE_FILE = Route("templat.berkas", int, str)  # agency, letter: the sent file is a template
TEMPLATE_READ = Route("templat.hasil", int)  # template: what was found in it
TEMPLATE_TOLD = Route("templat.kabar", int)  # the same, told to who sent it
TEMPLATE_TRIAL = Route("templat.coba", int)  # template: the letter it makes of invented facts
TEMPLATE_USE = Route("templat.pakai", int, int)  # template, revision
TEMPLATE_RESET = Route("templat.bawaan", int, str)  # agency, letter: the program's own again
