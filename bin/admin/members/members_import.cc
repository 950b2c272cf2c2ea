#include <algorithm>

#include "base/text.h"
#include "bin/admin/call/print.h"
#include "bin/admin/call/progress.h"
#include "bin/admin/members/member_file.h"
#include "bin/admin/members/member_options.h"
#include "bin/admin/members/members.h"
#include "lists/members/admission.h"
#include "lists/members/roster_change.h"
#include "lists/site/list.h"

namespace majlis::bin::admin {
namespace {

// "digest mime" is two words wherever it stands.
Result<lists::MemberOptions> options_in(const Call& call, const lists::List& list) {
  std::vector<std::string> words;
  for (const std::string& value : call.arguments.values("option")) {
    for (const std::string_view word : split_words(value)) words.emplace_back(word);
  }
  if (!call.arguments.has("option")) return lists::MemberOptions();
  return read_options(list, std::move(words));
}

void report(const Call& call, const std::string& list, std::size_t added, const MemberFile& file) {
  const std::size_t already = file.size() - added;
  if (call.wants_json()) {
    print(JsonLine()
              .text("list", list)
              .number("added", static_cast<std::int64_t>(added))
              .number("already", static_cast<std::int64_t>(already))
              .number("refused", static_cast<std::int64_t>(file.refused()))
              .line());
    return;
  }
  print(std::to_string(added) + " added, " + std::to_string(already) + " on the list already, " +
        std::to_string(file.refused()) + " refused\n");
}

}  // namespace

Result<Verdict> import_members(const Call& call) {
  Result<OpenedList> opened = open_list(call);
  if (!opened) return opened.error();
  const auto& [site, list] = *opened;
  const Result<lists::MemberOptions> options = options_in(call, list);
  if (!options) return options.error();
  const Result<lists::Admission> admission = lists::Admission::open(site);
  if (!admission) return admission.error();
  const Result<MemberFile> file = MemberFile::read(call, *admission);
  if (!file) return file.error();
  Result<lists::IndexAhead> ahead =
      lists::IndexAhead::write(site, list.address(),
                               {.count = file->size(),
                                .place = [&](std::size_t at) { return file->key(at); },
                                .canonical = [&](std::size_t at) { return to_lower_ascii(file->address(at)); }});
  if (!ahead) return ahead.error();
  std::size_t added = 0;
  // A slice is committed by itself: others come in between.
  for (std::size_t from = 0; from < file->size(); from += lists::kMaxMembersPerImport) {
    const std::size_t count = std::min(file->size() - from, lists::kMaxMembersPerImport);
    const auto slice = lists::import_members(site, list, file->people(from, count), *options, call.now, *ahead);
    if (!slice) return slice.error();
    record_members(call, list.address(), *slice);
    added += slice->size();
    show_progress(from + count, file->size());
  }
  record(call, list.address(), std::to_string(added) + (options->empty() ? "" : " " + lists::words_of(*options)));
  report(call, list.address(), added, *file);
  return file->refused() == 0 ? Verdict::done : Verdict::wanting;
}

}  // namespace majlis::bin::admin
