#include "bin/admin/table.h"

#include <algorithm>

namespace majlis::bin::admin {
namespace {

constexpr Row kRows[] = {
    {"init", "make a new site", &kInit},
    {"create", "make a list and print its passwords once", &kCreate},
    {"lists", "every list of the site", &kLists},
    {"find", "the lists that an address is on, and as what", &kFind},
    {"config", "show, change, export or load a list's settings", &kConfig},
    {"passwd", "set a list's password", &kPasswd},
    {"texts", "show or change a list's texts (info, intro)", &kTexts},
    {"rename", "give a list another name", &kRename},
    {"remove", "take a list away; its archive is kept", &kRemove},
    {"members", "list, add, remove, import or export members", &kMembers},
    {"held", "posts and requests that wait for a decision", &kHeld},
    {"ban", "addresses that may neither join nor post", &kBan},
    {"queue", "mail that waits to be delivered", &kQueue},
    {"trace", "what became of a message, or of an address's requests", &kTrace},
    {"check", "test the whole site and tell what to mend", &kCheck},
    {"rotate-secret", "make a new key for tokens; the last one stays valid", &kRotateSecret},
    {"audit", "every requirement of TR08-003 as pass or fail", nullptr},
    {"import", "take over lists of another program", &kImport},
    {"mta", "wire the lists to an MTA", &kMta},
    {"person", "all that is kept about an address", &kPerson},
    {"backup", "copy the site while it is in use", &kBackup},
    {"restore", "bring a copy back", &kRestore},
};

}  // namespace

std::span<const Row> all_rows() { return kRows; }

const Row* find_row(std::string_view name) {
  const auto row = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& r) { return r.name == name; });
  return row == std::end(kRows) ? nullptr : row;
}

}  // namespace majlis::bin::admin
