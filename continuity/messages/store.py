"""Sentences for the problems that ``store`` reports."""

from __future__ import annotations

from continuity.words import N_

SENTENCES: dict[str, str] = {
    "cannot-lock": N_("{file} cannot be opened for writing, because no lock can be put beside it: {reason}."),
    "cannot-migrate": N_("{file} could not be brought to the form of this program: {reason}."),
    "damaged-document": N_("{file} is damaged or cut off and cannot be opened."),
    "document-not-locked": N_("{file} is not encrypted, so a passphrase does not belong to it."),
    "document-locked": N_("{file} has been open for {person} on {machine} since {time}."),
    "empty-document": N_("{file} is empty and no document of this program."),
    "file-exists": N_("There is already a file {file}."),
    "newer-document": N_("{file} was written by a newer version of this program (form {schema})."),
    "not-a-document": N_("{file} is not a document of this program."),
    "not-kept": N_("It could not be kept in the document: {reason}."),
    "not-saved": N_("The latest changes could not be saved and have been taken back: {reason}."),
    "older-document": N_("{file} has an older form and must be opened for writing once."),
    "read-only": N_("The document is open for reading only."),
    "run-failed": N_("The run failed through a fault of the program: {reason}."),
    "unfinished-document": N_("{file} was not closed and must be opened for writing once to be put right."),
    "unknown-reference": N_("There is no reference agency called “{value}”."),
    "unknown-version": N_("There is no such version."),
    "locked-document": N_("{file} is encrypted, or it is no document."),
    "recode-in-place": N_("{file} cannot be encrypted or opened up in its place."),
    "short-passphrase": N_("The passphrase is too short."),
    "wrong-passphrase": N_("This is not the passphrase of {file}, or it is no document."),
}

MENDS: dict[str, str] = {
    "cannot-lock": N_("Open it for reading only, or copy it to a folder of your own."),
    "cannot-migrate": N_("The file is as it was; a back-up was made."),
    "damaged-document": N_("Take the latest back-up instead."),
    "document-locked": N_("Open it for reading only, or ask {person} to close it."),
    "file-exists": N_("Choose another name."),
    "newer-document": N_("Open it with a newer version of the program."),
    "not-kept": N_("Make room on the disk or save elsewhere, then try again."),
    "not-saved": N_("Make room on the disk or save elsewhere, then do them again."),
    "read-only": N_("Save it under another name to change it."),
    "document-not-locked": N_("Open it without a passphrase."),
    "locked-document": N_("Give the passphrase."),
    "recode-in-place": N_("Save it under another name, and delete the old file."),
    "short-passphrase": N_("Choose one of at least {least} characters, such as four words."),
    "wrong-passphrase": N_("Look in the sealed envelope, and mind capitals and spaces."),
}
