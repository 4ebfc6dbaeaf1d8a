"""Sentences for the problems that ``planning`` reports."""

from __future__ import annotations

from continuity.words import N_

SENTENCES: dict[str, str] = {
    "form-bad-tag": N_("The Word form has a faulty tag in paragraph {line}, “{text}”: {reason}."),
    "form-not-readable": N_("The Word form cannot be read: {reason}."),
    "form-open-tag": N_("The Word form has a tag that is not closed in paragraph {line}, “{text}”."),
    "form-unknown-tag": N_(
        "The Word form asks for “{tag}” in paragraph {line}, “{text}”, which no plan has."
    ),
    "form-without-body": N_(
        "The Word form has {count} paragraphs with the tag {{{{p body}}}}, where it needs one."
    ),
    "key-exists": N_("There is a file of that name already; a key is never written over."),
    "key-not-one": N_("The file is no key of the kind Ed25519 in PEM form."),
    "key-not-readable": N_("The key cannot be read: {reason}."),
    "key-not-writable": N_("The key cannot be written: {reason}."),
    "key-without-passphrase": N_("The private key lies open: it has no passphrase."),
    "key-wrong-passphrase": N_("The passphrase does not open this key."),
    "no-such-plan": N_("There is no plan “{value}”."),
    "own-words-no-folder": N_("There is no folder with own words here."),
    "own-words-no-text": N_("“{sentence}” needs {count} texts in quotation marks at its right."),
    "own-words-not-readable": N_("The file of own words cannot be read: {reason}."),
    "own-words-placeholder": N_("What stands for “{sentence}” has words in braces that cannot be filled in."),
    "own-words-unknown": N_("The plans have no sentence “{sentence}”."),
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
    "package-newer": N_("The package was written by a newer version of the program (format {format})."),
    "package-no-copy": N_("The distribution list has no copy {value}."),
    "package-no-manifest": N_("There is no manifest here: this is not a plan package, or it is not whole."),
    "package-no-role": N_("There is no role {value}."),
    "package-not-found": N_("There is no such folder or file."),
    "package-not-readable": N_("The file is not an archive, or it is damaged."),
    "package-not-writable": N_("The package cannot be written here: {reason}. Nothing was left behind."),
    "package-signature-broken": N_("The signature does not belong to this manifest, or is damaged."),
    "package-signature-missing": N_("The manifest names the signer {found}, but the signature is not there."),
    "package-signed-by-another": N_("The package is signed with the key {found}, not with {wanted}."),
    "package-unsigned": N_("The package is not signed, but was to be signed with the key {wanted}."),
    "package-zip-not-ours": N_("There is a zip file of that name which is not a plan package."),
    "passphrase-too-short": N_("The passphrase is shorter than {least} letters."),
    "sealed-not-one": N_("The file is no sealed copy of a model."),
    "sealed-not-opened": N_("The passphrase is wrong, or the file is damaged."),
    "sealed-not-readable": N_("The sealed copy cannot be read: {reason}."),
}

MENDS: dict[str, str] = {
    "form-bad-tag": N_("Write tags as {{{{ title }}}}, in one go, and save the form again."),
    "form-not-readable": N_("Choose a Word document of the kind .docx."),
    "form-open-tag": N_("Write tags as {{{{ title }}}}, in one go, and save the form again."),
    "form-unknown-tag": N_("Tags that there are: {known}."),
    "form-without-body": N_("Put {{{{p body}}}} in one paragraph of its own, where the plan is to stand."),
    "key-exists": N_("Choose another name."),
    "key-not-one": N_("Make a pair with “uthallig keys”."),
    "key-without-passphrase": N_("Make a new pair with “uthallig keys”; use only keys under a passphrase."),
    "key-wrong-passphrase": N_(
        "Check keyboard and capitals; without the passphrase a new pair has to be made."
    ),
    "no-such-plan": N_("Known plans: {known}."),
    "own-words-no-folder": N_("Make one with “uthallig words FOLDER”."),
    "own-words-no-text": N_("Write it as the line is written by “uthallig words FOLDER”."),
    "own-words-not-readable": N_(
        "Save it as UTF-8 text, one sentence on each line, both sides in quotation marks."
    ),
    "own-words-placeholder": N_("Words in braces that may stand there: {known}."),
    "own-words-unknown": N_(
        "Copy the sentence letter by letter from the file that “uthallig words FOLDER” writes."
    ),
    "package-bad-format": N_("Choose among: {known}."),
    "package-bad-profile": N_("Choose among: {known}."),
    "package-disk-full": N_("Free some space or choose another disk."),
    "package-folder-changed": N_("Move those files away or choose another folder."),
    "package-folder-not-ours": N_("Choose an empty or a new folder."),
    "package-is-a-file": N_("Choose another name."),
    "package-no-copy": N_(
        "Copies on the list: {known}. The list stands with the agency’s plan, in Tables › Plans."
    ),
    "package-not-writable": N_("Choose a folder where you may write."),
    "package-signature-broken": N_("Do not trust the package; ask the sender for it again."),
    "package-signature-missing": N_("Do not trust the package; ask the sender for it again."),
    "package-signed-by-another": N_(
        "Ask the sender which key is right, in another way than that by which the package came."
    ),
    "package-unsigned": N_("Ask the sender for a signed one."),
    "package-zip-not-ours": N_("Move it away or choose another folder."),
    "passphrase-too-short": N_("Take four or five words that do not belong together."),
    "sealed-not-opened": N_(
        "Check keyboard and capitals, and whether “uthallig verify” finds the package whole."
    ),
}
