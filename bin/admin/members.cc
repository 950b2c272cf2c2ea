#include "bin/admin/members.h"

#include <array>
#include <functional>

#include "bin/admin/member_line.h"
#include "bin/admin/print.h"
#include "lists/effects/work.h"
#include "lists/members/bounces/bounce_policy.h"
#include "lists/members/bounces/suspension.h"
#include "lists/members/member_option.h"
#include "lists/site/list.h"
#include "mail/local_part.h"
#include "store/database.h"

namespace majlis::bin::admin {
namespace {

constexpr std::size_t kMembersPerPage = 5000;

constexpr Option kListing[] = {{"json", Takes::nothing}};
constexpr Option kSync[] = {{"dry-run", Takes::nothing}, {"force", Takes::nothing}};

struct FlagWord {
  store::MemberFlag flag;
  std::string_view word;
};
constexpr FlagWord kFlagWords[] = {
    {store::kMemberNoMail, "nomail"},          {store::kMemberModerated, "moderated"},
    {store::kMemberConcealed, "concealed"},    {store::kMemberSuspended, "suspended"},
    {store::kMemberDigestMime, "digest-mime"}, {store::kMemberDigestPlain, "digest-plain"},
    {store::kMemberNoRenew, "norenew"}};

std::string_view state_of(const store::BounceRecord& record) {
  if (record.suspended != 0) return "suspended";
  return record.probed != 0 ? "probed" : "counted";
}

std::string json_of(const std::string& list, const store::Member& member,
                    const std::optional<store::BounceRecord>& bounces) {
  std::vector<std::string> flags;
  for (const FlagWord& row : kFlagWords) {
    if ((member.flags & row.flag) != 0) flags.emplace_back(row.word);
  }
  JsonLine line;
  line.text("list", list)
      .text("address", member.address.text())
      .text("name", member.display)
      .texts("flags", flags)
      .text("joined", iso8601(member.joined));
  if (member.renewed != 0) line.text("renewed", iso8601(member.renewed));
  if (bounces && !lists::is_clean(*bounces)) {
    line.text("bounce", state_of(*bounces))
        .hundredths("bounce_score", bounces->score)
        .number("bounce_days", bounces->days)
        .text("bounce_last", iso8601(bounces->last))
        .text("bounce_status", bounces->status);
  }
  return line.line();
}

// As import reads it back.
std::string export_line(const store::Member& member) {
  const std::string address = member.address.text();
  if (member.display.empty()) return address + "\n";
  return mail::quoted_string(visible(member.display)) + " <" + address + ">\n";
}

// A page at a time, each with a reader of its own: nobody who subscribes waits for a long listing.
Result<Verdict> print_members(const Call& call, const std::function<std::string(const store::Member&)>& line_of) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<lists::ListName> name = find_list(*site, call);
  if (!name) return name.error();
  const std::string list = name->address();
  std::string cursor;
  do {
    Result<std::unique_ptr<store::Reader>> reader = store::Reader::open(site->database_directory(), kLockTimeout_ms);
    if (!reader) return reader.error();
    Result<store::WalkPage> page = (*reader)->walk_members(list, cursor, kMembersPerPage);
    if (!page) return page.error();
    std::vector<std::string> lines;
    for (const store::Member& member : page->members) {
      if (!call.wants_json()) {
        lines.push_back(line_of(member));
        continue;
      }
      Result<std::optional<store::BounceRecord>> bounces = (*reader)->find_bounces(list, member.address);
      if (!bounces) return bounces.error();
      lines.push_back(json_of(list, member, *bounces));
    }
    (*reader).reset();
    for (const std::string& line : lines) print(line);
    cursor = std::move(page->cursor);
  } while (!cursor.empty());
  return Verdict::done;
}

Result<Verdict> list_members(const Call& call) {
  return print_members(call, [](const store::Member& member) { return member.address.text() + "\n"; });
}

Result<Verdict> export_members(const Call& call) { return print_members(call, export_line); }

// The people named behind the list; every one that is refused is told, and then nothing is done.
Result<std::vector<mail::Mailbox>> people_in(const Call& call, const lists::Site& site) {
  Result<Admission> admission = Admission::open(site);
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

using Change = std::function<Result<bool>(store::Writer&, const std::string& list, const mail::Mailbox&)>;

// All of them in one transaction, each with a line for `majlis trace`. Returns how many were changed.
Result<std::size_t> change_all(const Call& call, const lists::Site& site, const lists::List& list,
                               const std::vector<mail::Mailbox>& people, const Change& change) {
  Result<std::unique_ptr<store::Writer>> writer = store::Writer::open(site.database_directory(), kLockTimeout_ms);
  if (!writer) return writer.error();
  std::size_t changed = 0;
  for (const mail::Mailbox& person : people) {
    Result<bool> did = change(**writer, list.address(), person);
    if (!did) return did.error();
    if (!*did) continue;
    ++changed;
    const std::string text = call.verb + " list=" + list.address() + " by=administrator";
    Status noted = (*writer)->add_trace({call.now, person.address.canonical(), text}, call.now + lists::kTraceLife);
    if (!noted) return noted.error();
  }
  Status committed = (*writer)->commit();
  if (!committed) return committed.error();
  return changed;
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
  const bool drops_names = opened.list.config().is_on(lists::Setting::strip);
  const auto add = [&](store::Writer& writer, const std::string& list, const mail::Mailbox& person) {
    return writer.add_member(list, {person.address, drops_names ? "" : person.display, 0, call.now, 0});
  };
  Result<std::size_t> added = change_all(call, opened.site, opened.list, people, add);
  if (!added) return added.error();
  record(call, opened.list.address(), std::to_string(*added));
  print(sentence(*added, "added", people.size() - *added, "on the list already"));
  return Verdict::done;
}

Result<Verdict> remove_members(const Call& call) {
  Result<Enrolment> enrolment = open_for_change(call);
  if (!enrolment) return enrolment.error();
  const auto& [opened, people] = *enrolment;
  const auto remove = [&](store::Writer& writer, const std::string& list, const mail::Mailbox& person) {
    Result<bool> removed = writer.remove_member(list, person.address);
    if (removed && !*removed) complain(call, person.address.text() + " is not on the list");
    return removed;
  };
  Result<std::size_t> removed = change_all(call, opened.site, opened.list, people, remove);
  if (!removed) return removed.error();
  record(call, opened.list.address(), std::to_string(*removed));
  print(sentence(*removed, "removed", people.size() - *removed, "not on the list"));
  return *removed == people.size() ? Verdict::done : Verdict::wanting;
}

// LIST set ADDRESS OPTION. "mail" also brings back a member whom mail did not reach; "nomail" ends its suspension.
Result<Verdict> set_member(const Call& call) {
  Result<OpenedList> opened = open_list(call);
  if (!opened) return opened.error();
  const std::optional<mail::Address> address = mail::Address::parse(call.word(1));
  if (!address) return Error{ErrorKind::refused, "'" + visible(call.word(1)) + "' is no mail address"};
  std::vector<std::string> words;
  for (std::size_t i = 2; i < call.arguments.words().size(); ++i) words.emplace_back(call.word(i));
  const lists::MemberOption* option = lists::take_option(opened->list, words);
  if (option == nullptr || !words.empty()) {
    return Error{ErrorKind::refused,
                 "there is no such option; there are " + lists::option_names(lists::MemberOption::By::owner)};
  }
  const auto set = [&](store::Writer& writer, const std::string& list, const mail::Mailbox& person) -> Result<bool> {
    Result<std::optional<store::Member>> member = writer.find_member(list, person.address);
    if (!member || !*member) return member ? Result<bool>(false) : member.error();
    Status resumed;
    if ((option->clears & store::kMemberSuspended) != 0) {
      resumed = lists::resume_delivery(writer, opened->list, **member, "administrator", call.now);
    }
    if (!resumed) return resumed.error();
    return writer.set_member_flags(list, person.address, lists::flags_with((*member)->flags, *option));
  };
  Result<std::size_t> changed = change_all(call, opened->site, opened->list, {{"", *address}}, set);
  if (!changed) return changed.error();
  record(call, opened->list.address(), std::to_string(*changed));
  if (*changed > 0) return Verdict::done;
  complain(call, address->text() + " is not on the list");
  return Verdict::wanting;
}

constexpr Form kForms[] = {
    {"list", 1, 1, kListing, list_members},        {"add", 2, kAnyNumber, {}, add_members},
    {"remove", 2, kAnyNumber, {}, remove_members}, {"import", 2, 2, kListing, import_members},
    {"export", 1, 1, kListing, export_members},    {"set", 3, 4, {}, set_member},
    {"sync", 1, kAnyNumber, kSync, nullptr},
};

}  // namespace

constinit const Command kMembers{
    "usage: majlis members LIST list|export [--json]\n"
    "       majlis members LIST add|remove ADDRESS...\n"
    "       majlis members LIST set ADDRESS OPTION\n"
    "       majlis members LIST import FILE|- [--json]\n"
    "\n"
    "  list            one address a line\n"
    "  export          with names, as import reads it\n"
    "  add, remove     all of the addresses, or none when one of them is no address; nobody is asked or told\n"
    "  set             an option as member or owner may set it; 'mail' and 'nomail' also end a suspension\n"
    "  import          one a line, 'ann@example.org' or 'Ann Lee <ann@example.org>', '#' begins a comment; '-' is\n"
    "                  standard input; lines that are refused are told by number, the others are added\n",
    VerbPlace::second_word, kForms};

}  // namespace majlis::bin::admin
