"""Sentences for the problems that ``planning`` reports."""

from __future__ import annotations

from continuity.words import N_

SENTENCES: dict[str, str] = {
    "no-such-plan": N_("There is no plan “{value}”."),
    "package-bad-format": N_("{value} is not a format that plans are written in."),
    "package-bad-manifest": N_("The manifest is damaged or not one of a plan package."),
    "package-bad-profile": N_("“{value}” is not a profile of a plan package."),
    "package-disk-full": N_("There is not room enough on the disk ({reason}). Nothing was left behind."),
    "package-file-changed": N_("The file has been changed since the package was written."),
    "package-file-extra": N_("The file does not belong to the package."),
    "package-file-missing": N_("The file is missing."),
    "package-file-twice": N_("The file is in the archive more than once."),
    "package-folder-changed": N_(
        "The folder holds an older package with {count} own or changed files: {files}."
    ),
    "package-folder-not-ours": N_("The folder is not empty and does not hold a plan package."),
    "package-is-a-file": N_("There is a file where the folder would be written."),
    "package-model-plain": N_(
        "The copy of the model is not encrypted, and only an encrypted one may go along."
    ),
    "package-model-unreadable": N_("The copy of the model cannot be read: {reason}."),
    "package-newer": N_("The package was written by a newer version of the program (format {format})."),
    "package-no-manifest": N_("There is no manifest here: this is not a plan package, or it is not whole."),
    "package-no-role": N_("There is no role {value}."),
    "package-not-found": N_("There is no such folder or file."),
    "package-not-readable": N_("The file is not an archive, or it is damaged."),
    "package-not-writable": N_("The package cannot be written here: {reason}. Nothing was left behind."),
    "package-zip-not-ours": N_("There is a zip file of that name which is not a plan package."),
}

MENDS: dict[str, str] = {
    "no-such-plan": N_("Known plans: {known}."),
    "package-bad-format": N_("Choose among: {known}."),
    "package-bad-profile": N_("Choose among: {known}."),
    "package-disk-full": N_("Free some space or choose another disk."),
    "package-folder-changed": N_("Move those files away or choose another folder."),
    "package-folder-not-ours": N_("Choose an empty or a new folder."),
    "package-is-a-file": N_("Choose another name."),
    "package-not-writable": N_("Choose a folder where you may write."),
    "package-zip-not-ours": N_("Move it away or choose another folder."),
}
