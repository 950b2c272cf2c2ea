#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/file.h"
#include "base/text.h"
#include "bin/admin/call/editor.h"
#include "bin/admin/call/input.h"
#include "bin/admin/call/print.h"
#include "lists/effects/list_change.h"

namespace majlis::bin::admin {
namespace {

using lists::kMaxTextOctets;
constexpr std::array<std::string_view, 2> kNames = {"info", "intro"};

struct Subject {
  lists::Site site;
  lists::ListName list;
  std::string path;
};

Result<Subject> find_text(const Call& call) {
  const std::string& name = call.word(1);
  if (std::find(kNames.begin(), kNames.end(), name) == kNames.end()) {
    return Error{ErrorKind::refused, "'" + printable(name, 80) + "' is no text of a list: info or intro"};
  }
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<lists::ListName> list = find_list(*site, call);
  if (!list) return list.error();
  Status settled = lists::put_leftovers_in_place(*site, call.now);
  if (!settled) return settled.error();
  std::string path = site->list_directory(*list) + "/" + name;
  return Subject{std::move(*site), std::move(*list), std::move(path)};
}

// "" when there is none.
Result<std::string> read_text(const Subject& subject) {
  Result<std::string> text = read_file(subject.path, kMaxTextOctets);
  if (!text && text.error().kind == ErrorKind::missing) return std::string();
  return text;
}

Status store_text(const Call& call, const Subject& subject, const std::string& text) {
  if (!is_valid_utf8(text) || text.find('\0') != std::string::npos) {
    return Error{ErrorKind::refused, "not UTF-8 text; nothing was changed"};
  }
  if (text.size() > kMaxTextOctets) return Error{ErrorKind::refused, "too long; nothing was changed"};
  Result<lists::Work> work = lists::begin_change(subject.site, call.now);
  if (!work) return work.error();
  lists::put_text(*work, lists::List::with_defaults(subject.site, subject.list), call.word(1), text);
  Status stored = work->finish("texts");
  if (stored) record(call, subject.list.address(), call.word(1));
  return stored;
}

Result<Verdict> show_text(const Call& call) {
  Result<Subject> subject = find_text(call);
  if (!subject) return subject.error();
  if (!path_exists(subject->path)) return Error{ErrorKind::missing, "the list has no " + call.word(1)};
  Result<std::string> text = read_text(*subject);
  if (!text) return text.error();
  print(isatty(STDOUT_FILENO) == 0 ? *text : visible(*text));
  return Verdict::done;
}

Result<Verdict> set_text(const Call& call) {
  Result<Subject> subject = find_text(call);
  if (!subject) return subject.error();
  Result<std::string> text = read_input("-", kMaxTextOctets);
  if (!text) return text.error();
  Status stored = store_text(call, *subject, *text);
  if (!stored) return stored.error();
  return Verdict::done;
}

Result<Verdict> edit_one_text(const Call& call) {
  Result<Subject> subject = find_text(call);
  if (!subject) return subject.error();
  Result<std::string> before = read_text(*subject);
  if (!before) return before.error();
  Result<Edited> edited = edit_text(call, call.word(1), *before);
  if (!edited) return edited.error();
  Status stored;
  if (edited->text != *before) stored = store_text(call, *subject, edited->text);
  if (!stored) {
    complain(call, "your text is kept in " + edited->folder + "/" + call.word(1));
    return stored.error();
  }
  forget(*edited);
  return Verdict::done;
}

constexpr Form kForms[] = {
    {"show", 2, 2, {}, show_text}, {"edit", 2, 2, {}, edit_one_text}, {"set", 2, 2, {}, set_text}};

}  // namespace

constinit const Command kTexts{
    "usage: majlis texts LIST show|edit|set NAME\n"
    "\n"
    "NAME is info (what the list is about) or intro (for new members).\n"
    "  edit   with $VISUAL or $EDITOR\n"
    "  set    from standard input\n",
    VerbPlace::second_word, kForms};

}  // namespace majlis::bin::admin
