#include "base/text.h"
#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/list_change.h"
#include "lists/effects/password_check.h"
#include "lists/posts/reading/word_search.h"

namespace majlis::commands {
namespace {

constexpr std::string_view kMajordomosDate = "[Last updated on: ";

// A text that was mailed by info and sent back has the old date on top.
std::string without_date(Desk& desk, std::string text) {
  std::string mark = desk.words(Reply::text_dated, {{"date", ""}});
  if (mark.ends_with(']')) mark.pop_back();
  const bool is_dated = text.starts_with(kMajordomosDate) || (mark.starts_with('[') && text.starts_with(mark));
  if (is_dated) text.erase(0, text.find('\n') + 1);
  return text;
}

Status replace_text(Desk& desk, const Request& request, const char* name, lists::Setting dated) {
  Result<OwnedTarget> target = find_owned(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  if (!request.text) {
    desk.say(Reply::text_not_ended, {{"command", request.word}, {"tag", request.text_tag}});
    return {};
  }
  std::string text = without_date(desk, *request.text);
  if (text.size() > lists::kMaxTextOctets) {
    desk.say(Reply::text_too_long, {{"command", request.word}, {"octets", std::to_string(lists::kMaxTextOctets)}});
    return {};
  }
  // It is shown to everybody who asks.
  const auth::PasswordMarks marks = lists::marks_of(desk.work().site(), *target->list);
  if (lists::has_word(text, [&](std::string_view word) { return marks.has(word); })) {
    desk.say(Reply::text_has_password, {{"command", request.word}, {"list", target->list->name().name()}});
    return {};
  }
  const bool is_empty = trim(text).empty();
  if (is_empty) {
    text.clear();
  } else if (target->list->config().is_on(dated)) {
    text.insert(0, desk.words(Reply::text_dated, {{"date", desk.date_text(desk.work().now())}}) + "\n");
  }
  lists::put_text(desk.work(), *target->list, name, std::move(text));
  note_owner_action(desk, *target->list, tongues::name_of(request.verb));
  desk.say(Reply::text_accepted, {{"text", name}, {"list", target->list->name().name()}});
  if (is_empty) desk.say(Reply::text_is_empty, {{"text", name}});
  return {};
}

}  // namespace

Status newinfo(Desk& desk, const Request& request) {
  return replace_text(desk, request, "info", lists::Setting::date_info);
}

Status newintro(Desk& desk, const Request& request) {
  return replace_text(desk, request, "intro", lists::Setting::date_intro);
}

}  // namespace majlis::commands
