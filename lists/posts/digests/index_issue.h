#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lists/effects/work.h"
#include "lists/posts/archive/index_lines.h"
#include "mail/message.h"

// What members with the option `index` get of an issue: one entry a post, with the number by which it can be asked for.
namespace majlis::lists {

// Where the posts stand in their list's archive; nullopt for those that it does not have, or not numbered yet. It stops
// nothing: what is wrong with the archive is logged.
std::vector<std::optional<ArchivedPost>> archived_posts(Work& work, const List& list,
                                                        const std::vector<mail::Message>& posts);

// `banner` and `trailer` stand around the entries; `parent` is the list of the posts, nullptr when it is gone.
std::string index_text(const Work& work, const List& list, const List* parent, std::string_view banner,
                       const std::vector<mail::Message>& posts, std::string_view trailer,
                       const std::vector<std::optional<ArchivedPost>>& archived);

}  // namespace majlis::lists
