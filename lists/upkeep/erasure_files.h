#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lists/site/site.h"
#include "lists/upkeep/erased_thing.h"
#include "lists/upkeep/person_words.h"

namespace majlis::lists {

constexpr std::string_view kErasingFile = "lists/.erasing";  // an erasure at work

// What in the lists' settings names the person and cannot do without: "cooks@lists.example.org: reply_to". The last
// word is a setting. Owners and moderators are found elsewhere.
Result<std::vector<std::string>> settings_that_need(const Site& site, const PersonWords& person);

// The person in all files of the site that no other part of the erasure takes: held posts, settings, texts, lists of
// posters, logs, archives of lists that were removed, what was set aside. Not in mail that a relay of the form maildir:
// has delivered below the site.
Status erase_in_files(const Site& site, const PersonWords& person, Erasing erasing, std::vector<ErasedThing>& things);

}  // namespace majlis::lists
