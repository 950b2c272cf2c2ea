#include "foreign/majordomo/digest_lists.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "foreign/majordomo/list_files.h"
#include "mail/address.h"

namespace majlis::foreign {
namespace {

constexpr std::string_view kEnding = "-digest";
constexpr const char* kOption = "digest-plain";  // its digests have no MIME
constexpr std::array<const char*, 5> kSettings = {"digest_issue", "digest_volume", "digest_name", "digest_maxdays",
                                                  "digest_maxlines"};

std::string mailbox_of(const Member& member) {
  if (const auto address = mail::Address::parse(member.person)) return address->canonical();
  const auto person = mail::parse_mailbox(member.person);
  return person ? person->address.canonical() : member.person;
}

void fold(ForeignList& digest, ForeignList& list) {
  std::set<std::string> there;
  for (const Member& member : list.members) there.insert(mailbox_of(member));
  for (Member& member : digest.members) {
    if (there.contains(mailbox_of(member))) {
      list.findings.push_back({.what = "member",
                               .from = member.from,
                               .to = list.name,
                               .fate = Fate::changed,
                               .why = "is on " + list.name + " as well, and gets its posts one by one only"});
      continue;
    }
    member.options = kOption;
    list.members.push_back(std::move(member));
  }
  for (const char* setting : kSettings) {
    std::string value = value_in(digest.config.text, setting);
    if (!value.empty()) list.settings.push_back({setting, std::move(value), digest.config.from});
  }
  list.findings.push_back(
      {.what = digest.name,
       .from = "a digest list",
       .to = list.name,
       .fate = Fate::changed,
       .why = "its members get digests of " + list.name + "; its other settings and files stay behind"});
  list.archives.insert(list.archives.end(), digest.archives.begin(), digest.archives.end());
  list.files.insert(list.files.end(), digest.files.begin(), digest.files.end());
}

}  // namespace

void connect_digest_lists(ForeignSite& site, bool folds) {
  std::set<std::string> folded;
  for (ForeignList& digest : site.lists) {
    if (!digest.name.ends_with(kEnding)) continue;
    const std::string name = digest.name.substr(0, digest.name.size() - kEnding.size());
    const auto list = std::find_if(site.lists.begin(), site.lists.end(),
                                   [&](const ForeignList& each) { return equals_ignoring_case(each.name, name); });
    if (list == site.lists.end()) continue;
    if (folds) {
      fold(digest, *list);
      folded.insert(digest.name);
    } else {
      digest.settings.push_back({"digest_of", to_lower_ascii(name), digest.name});
    }
  }
  std::erase_if(site.lists, [&](const ForeignList& list) { return folded.contains(list.name); });
}

}  // namespace majlis::foreign
