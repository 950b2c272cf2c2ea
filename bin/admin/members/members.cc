#include "bin/admin/members/members.h"

#include "bin/admin/call/print.h"
#include "bin/admin/members/member_json.h"
#include "bin/admin/members/member_options.h"
#include "lists/members/admission.h"
#include "lists/members/roster_change.h"
#include "lists/members/roster_view.h"
#include "lists/site/list.h"
#include "mail/local_part.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kListing[] = {{"json", Takes::nothing}};
constexpr Option kImport[] = {{"json", Takes::nothing}, {"option", Takes::value}};
constexpr Option kSync[] = {{"json", Takes::nothing}, {"dry-run", Takes::nothing}, {"force", Takes::nothing}};

std::string json_of(const std::string& list, const lists::MemberView& member) {
  JsonLine line;
  line.text("list", list).text("address", member.address.text());
  add_member(line, member);
  return line.line();
}

// As import reads it back.
std::string export_line(const lists::MemberView& member) {
  const std::string address = member.address.text();
  if (member.name.empty()) return address + "\n";
  return mail::quoted_string(visible(member.name)) + " <" + address + ">\n";
}

Result<Verdict> print_members(const Call& call, std::string (*line_of)(const lists::MemberView&)) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<lists::ListName> name = find_list(*site, call);
  if (!name) return name.error();
  const std::string list = name->address();
  const lists::Bounces bounces = call.wants_json() ? lists::Bounces::wanted : lists::Bounces::left_out;
  std::string cursor;
  do {
    Result<lists::MemberPage> page = lists::members_page(*site, list, cursor, bounces);
    if (!page) return page.error();
    for (const lists::MemberView& member : page->members) {
      print(call.wants_json() ? json_of(list, member) : line_of(member));
    }
    cursor = std::move(page->cursor);
  } while (!cursor.empty());
  return Verdict::done;
}

Result<Verdict> list_members(const Call& call) {
  return print_members(call, [](const lists::MemberView& member) { return member.address.text() + "\n"; });
}

Result<Verdict> export_members(const Call& call) { return print_members(call, export_line); }

// The people named behind the list; every one that is refused is told, and then nothing is done.
Result<std::vector<mail::Mailbox>> people_in(const Call& call, const lists::Site& site) {
  Result<lists::Admission> admission = lists::Admission::open(site);
  if (!admission) return admission.error();
  std::vector<mail::Mailbox> people;
  const std::size_t count = call.arguments.words().size() - 1;
  for (std::size_t i = 1; i <= count; ++i) {
    Result<mail::Mailbox> person = admission->read(call.word(i));
    if (person) {
      people.push_back(std::move(*person));
    } else {
      complain(call, person.error().what);
    }
  }
  if (people.size() < count) return Error{ErrorKind::refused, "nothing was changed"};
  return people;
}

std::string sentence(std::size_t done, std::string_view done_word, std::size_t other, std::string_view other_word) {
  std::string text = std::to_string(done) + " " + std::string(done_word);
  if (other > 0) text += ", " + std::to_string(other) + " " + std::string(other_word);
  return text + "\n";
}

struct Enrolment {
  OpenedList opened;
  std::vector<mail::Mailbox> people;
};

Result<Enrolment> open_for_change(const Call& call) {
  Result<OpenedList> opened = open_list(call);
  if (!opened) return opened.error();
  Result<std::vector<mail::Mailbox>> people = people_in(call, opened->site);
  if (!people) return people.error();
  return Enrolment{std::move(*opened), std::move(*people)};
}

Result<Verdict> add_members(const Call& call) {
  Result<Enrolment> enrolment = open_for_change(call);
  if (!enrolment) return enrolment.error();
  const auto& [opened, people] = *enrolment;
  Result<lists::RosterChange> change = lists::add_members(opened.site, opened.list, people, call.now);
  if (!change) return change.error();
  record_members(call, opened.list.address(), change->changed);
  print(sentence(change->changed.size(), "added", change->unchanged.size(), "on the list already"));
  return Verdict::done;
}

Result<Verdict> remove_members(const Call& call) {
  Result<Enrolment> enrolment = open_for_change(call);
  if (!enrolment) return enrolment.error();
  const auto& [opened, people] = *enrolment;
  Result<lists::RosterChange> change = lists::remove_members(opened.site, opened.list, people, call.now);
  if (!change) return change.error();
  record_members(call, opened.list.address(), change->changed);
  for (const mail::Address& address : change->unchanged) complain(call, address.text() + " is not on the list");
  print(sentence(change->changed.size(), "removed", change->unchanged.size(), "not on the list"));
  return change->unchanged.empty() ? Verdict::done : Verdict::wanting;
}

// LIST set ADDRESS OPTION. "mail" also brings back a member whom mail did not reach; "nomail" ends its suspension.
Result<Verdict> set_member(const Call& call) {
  Result<OpenedList> opened = open_list(call);
  if (!opened) return opened.error();
  const std::optional<mail::Address> address = mail::Address::parse(call.word(1));
  if (!address) return Error{ErrorKind::refused, "'" + visible(call.word(1)) + "' is no mail address"};
  std::vector<std::string> words;
  for (std::size_t i = 2; i < call.arguments.words().size(); ++i) words.emplace_back(call.word(i));
  const Result<lists::MemberOptions> options = read_options(opened->list, std::move(words));
  if (!options) return options.error();
  Result<lists::RosterChange> change = lists::set_options(opened->site, opened->list, *address, *options, call.now);
  if (!change) return change.error();
  record_members(call, opened->list.address(), change->changed, lists::words_of(*options));
  if (change->unchanged.empty()) return Verdict::done;
  complain(call, address->text() + " is not on the list");
  return Verdict::wanting;
}

constexpr Form kForms[] = {
    {"list", 1, 1, kListing, list_members},        {"add", 2, kAnyNumber, {}, add_members},
    {"remove", 2, kAnyNumber, {}, remove_members}, {"import", 2, 2, kImport, import_members},
    {"export", 1, 1, kListing, export_members},    {"set", 3, kAnyNumber, {}, set_member},
    {"sync", 2, 2, kSync, sync_members},
};

}  // namespace

constinit const Command kMembers{
    "usage: majlis members LIST list|export [--json]\n"
    "       majlis members LIST add|remove ADDRESS...\n"
    "       majlis members LIST set ADDRESS OPTION\n"
    "       majlis members LIST import FILE|- [--option WORD]... [--json]\n"
    "       majlis members LIST sync FILE|- [--dry-run] [--force] [--json]\n"
    "\n"
    "  list            one address a line\n"
    "  export          with names, as import reads it\n"
    "  add, remove     all of the addresses, or none when one of them is no address; nobody is asked or told\n"
    "  set             an option as member or owner may set it; 'mail' and 'nomail' also end a suspension\n"
    "  import          one a line, 'ann@example.org' or 'Ann Lee <ann@example.org>', '#' begins a comment; or CSV "
    "whose\n"
    "                  first line names its columns ('email', 'name'); '-' is standard input; lines that are refused\n"
    "                  are told by number, the others are added\n"
    "                  --option: an option that all of them get, those who are members already as well\n"
    "  sync            the same file is the list: who is not in it is removed; a line that is refused refuses all\n"
    "                  --dry-run: only shows who would come (+) and go (-)\n"
    "                  --force: also for an empty file, and when more than 20 % of the members would go\n",
    VerbPlace::second_word, kForms};

}  // namespace majlis::bin::admin
