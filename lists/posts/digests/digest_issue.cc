#include "lists/posts/digests/digest_issue.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "lists/effects/verp.h"
#include "lists/posts/digests/index_issue.h"
#include "lists/posts/transforms/member_words.h"
#include "lists/posts/transforms/post_tokens.h"
#include "lists/posts/transforms/transforms.h"
#include "lists/site/texts.h"
#include "mail/digest.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxPosts = 200;  // of one issue
constexpr std::int64_t kLeastIssueOctets = 100'000;
constexpr std::int64_t kMostIssueOctets = 4'000'000;
constexpr std::size_t kMaxTextOctets = 256 * 1024;  // of one post in a plain digest
constexpr std::size_t kMaxDamagedOctets = 64 * 1024 * 1024;
constexpr std::size_t kColumns = 72;
constexpr std::size_t kNumberDigits[] = {2, 3};  // "Volume 01 : Number 001"
constexpr std::string_view kSubjects = "_SUBJECTS_";

std::string padded(std::uint64_t number, std::size_t digits) {
  const std::string written = std::to_string(number);
  return std::string(digits - std::min(digits, written.size()), '0') + written;
}

// Majordomo's: the name at the left, the day in the middle, the number at the right.
std::string banner(const std::string& name, const IssueNumber& number, UnixTime now) {
  const std::string day = rfc5322_date(now).substr(0, 16);
  const std::string right =
      "Volume " + padded(number.volume, kNumberDigits[0]) + " : Number " + padded(number.issue, kNumberDigits[1]);
  const std::size_t used = name.size() + day.size() + right.size();
  const std::size_t blanks = used + 4 < kColumns ? kColumns - used : 4;
  return name + std::string(blanks / 2, ' ') + day + std::string(blanks - blanks / 2, ' ') + right + "\n";
}

std::string with_tokens(const List& list, std::string_view line) {
  return fill_in_tokens(line, {list.name().name(), list.address(), MAJLIS_VERSION});
}

// A line with _SUBJECTS_ once for every post; the subjects themselves are never read again.
std::string fronter(const List& list, const std::vector<std::string>& subjects) {
  std::string text;
  for (const std::string& line : lines_for_all(list, Setting::message_fronter)) {
    const std::size_t at = line.find(kSubjects);
    if (at == std::string::npos) {
      text += with_tokens(list, line) + "\n";
      continue;
    }
    const std::string before = with_tokens(list, std::string_view(line).substr(0, at));
    const std::string behind = with_tokens(list, std::string_view(line).substr(at + kSubjects.size()));
    for (const std::string& subject : subjects) text.append(before).append(subject).append(behind).append("\n");
  }
  return text;
}

std::string contents(const Site& site, const List& list, const std::vector<std::string>& subjects) {
  std::string lines;
  for (const std::string& subject : subjects) lines += (lines.empty() ? "  " : "\n  ") + subject;
  return render_text(site, list.config().text(Setting::language), "part_digest_contents", {{"subjects", lines}}).body;
}

std::string digest_name(const List& list) {
  const std::string& name = list.config().text(Setting::digest_name);
  return name.empty() ? list.name().name() : name;
}

// One post as the plain form shows it.
std::string entry_of(const Site& site, const List& list, const mail::Message& post) {
  const std::string& language = list.config().text(Setting::language);
  const mail::PlainReading reading = mail::read_plainly(post, kMaxTextOctets);
  std::string entry = reading.head + "\n" + reading.text + "\n";
  if (reading.is_cut) entry += "\n" + render_text(site, language, "part_digest_cut", {}).body;
  if (!reading.left_out.empty()) entry += "\n";
  for (const mail::LeftOut& part : reading.left_out) {
    entry += render_text(site, language, "part_left_out",
                         {{"name", part.name.empty() ? "?" : part.name}, {"type", part.type}})
                 .body;
  }
  return entry;
}

enum class Form { plain, mime, index };

// Whom one form of an issue is for, by the flags of the members.
struct Readers {
  Form form;
  std::uint32_t with_any;
  std::uint32_t without;
};

// In a list of digests those without a wish get what digest_format says; elsewhere they get single posts. Indexes are
// for those alone who asked for them.
std::vector<Readers> readers_of(const List& list, bool is_digest_list, bool have_wishes, bool has_index) {
  const Readers plain{Form::plain, store::kMemberDigestPlain, 0};
  const Readers mime{Form::mime, store::kMemberDigestMime, 0};
  const Readers index{Form::index, store::kMemberIndex, 0};
  if (!is_digest_list) return has_index ? std::vector{plain, mime, index} : std::vector{plain, mime};
  const bool is_mime = list.config().choice(Setting::digest_format) == "mime";
  std::vector<Readers> readers = {is_mime ? Readers{Form::mime, 0, store::kMemberDigestPlain | store::kMemberIndex}
                                          : Readers{Form::plain, 0, store::kMemberDigestMime | store::kMemberIndex}};
  if (have_wishes) readers.push_back(is_mime ? plain : mime);
  if (has_index) readers.push_back(index);
  return readers;
}

class Issue {
 public:
  // `parent`: the list of the posts; nullptr when it is gone.
  Issue(Work& work, const List& list, const List* parent, std::vector<std::string> posts, const IssueNumber& number)
      : work_(work), list_(list), parent_(parent) {
    std::vector<std::string> subjects;
    for (std::string& post : posts) {
      posts_.push_back(mail::Message::open(std::move(post)));
      subjects.push_back(posts_.back().subject());
    }
    texts_ = texts_of(work.site(), list, number, subjects, work.now());
  }

  const std::string& title() const { return texts_.title; }
  const std::vector<mail::Message>& posts() const { return posts_; }

  Status send(const Readers& readers) {
    Outgoing issue;
    issue.with_any = readers.with_any;
    issue.without = readers.without;
    issue.message_id = work_.next_message_id(list_.name().domain());
    Result<std::string> composed = message(readers.form, issue.message_id);
    if (!composed) return composed.error();
    issue.message = std::move(*composed);
    work_.note(issue.message_id, "list=" + list_.address() + " digest=\"" + texts_.title + "\"");
    return send_to_members(work_, list_, std::move(issue));
  }

 private:
  Result<std::string> message(Form form, const std::string& message_id) const {
    mail::Letter letter;
    const std::optional<mail::Address> owner = mail::Address::parse(list_.role_address("owner"));
    letter.from = owner ? mail::display_mailbox(digest_name(list_), *owner) : "";
    letter.to = list_.address();
    letter.subject = texts_.title;
    letter.message_id = message_id;
    // Who answers a digest writes to the list, as with single posts (Majordomo's default for a list of digests).
    const bool takes_posts = parent_ != nullptr && parent_->config().choice(Setting::post_access) != "closed";
    if (takes_posts) letter.reply_to = parent_->address();
    if (form == Form::index) {
      letter.text = index_text(work_, list_, parent_, texts_.banner, posts_, texts_.trailer, archived());
    } else if (form == Form::plain) {
      letter.text = mail::plain_digest(texts_.preamble, entries(), texts_.trailer);
    } else {
      std::vector<std::string_view> messages;
      for (const mail::Message& post : posts_) messages.push_back(post.bytes());
      letter.content = mail::mime_digest(texts_.preamble, messages, texts_.trailer, message_id);
    }
    const mail::Message composed = mail::Message::open(mail::compose(letter, work_.now()));
    Result<Draft> marked = mark_as_own(list_, composed);
    if (!marked) return marked.error();
    return marked->bytes();
  }

  std::vector<std::optional<ArchivedPost>> archived() const {
    if (parent_ == nullptr) return std::vector<std::optional<ArchivedPost>>(posts_.size());
    return archived_posts(work_, *parent_, posts_);
  }

  std::vector<std::string> entries() const {
    std::vector<std::string> entries;
    for (const mail::Message& post : posts_) entries.push_back(entry_of(work_.site(), list_, post));
    return entries;
  }

  Work& work_;
  const List& list_;
  const List* parent_;
  std::vector<mail::Message> posts_;
  IssueTexts texts_;
};

void log_issue(Work& work, const List& list, std::string_view verdict, std::string_view title, std::uint64_t posts) {
  work.log_when_done(LogLine("digest")
                         .with("list", list.address())
                         .with("verdict", verdict)
                         .with("issue", title)
                         .with("posts", static_cast<std::int64_t>(posts)));
}

// What cannot be read is kept for a person; the next post begins a new file.
Status set_aside(Work& work, const List& list, store::PendingDigest pending, const Error& why) {
  Result<std::string> bytes = read_file(pending_file(list), kMaxDamagedOctets);
  if (!bytes && bytes.error().kind != ErrorKind::missing) return bytes.error();
  const std::string name = "spool/bad/digest." + list.address() + "." + iso8601(work.now());
  if (bytes) work.write_file(name, std::move(*bytes));
  work.write_file(name + ".why", why.what + "\n");
  log(Severity::error, LogLine("digest").with("list", list.address()).with("verdict", "set_aside").with(why));
  pending.begin = pending.end = pending.posts = pending.lines = 0;
  return work.state().set_pending_digest(list.address(), pending);
}

Status send_issue(Work& work, const List& list, IssueContent content, bool have_wishes) {
  const bool is_digest_list = parent_name_of(list).has_value();
  Result<std::optional<List>> parent = parent_of(work.site(), list);
  if (!parent) return parent.error();
  const List* posts_of = !is_digest_list ? &list : *parent ? &**parent : nullptr;
  const IssueNumber number = next_number(list.config(), content.left);
  note_number(list.config(), number, content.left);
  Issue issue(work, list, posts_of, std::move(content.posts), number);
  Result<std::uint32_t> flags = work.state().flags_in_use(list.address());
  if (!flags) return flags.error();
  const bool has_index = (*flags & store::kMemberIndex) != 0;
  for (const Readers& readers : readers_of(list, is_digest_list, have_wishes, has_index)) {
    Status sent = issue.send(readers);
    if (!sent) return sent;
  }
  for (const mail::Message& post : issue.posts()) {
    work.note(post.message_id(), "list=" + list.address() + " digest=\"" + issue.title() + "\"");
  }
  log_issue(work, list, "sent", issue.title(), issue.posts().size());
  return work.state().set_pending_digest(list.address(), content.left);
}

}  // namespace

IssueNumber next_number(const ListConfig& config, const store::PendingDigest& pending) {
  IssueNumber number{static_cast<std::uint64_t>(config.integer(Setting::digest_volume)),
                     static_cast<std::uint64_t>(config.integer(Setting::digest_issue))};
  const std::string from = config.text(Setting::digest_volume) + "/" + config.text(Setting::digest_issue);
  if (pending.next_issue != 0 && pending.numbered_from == from) number.issue = pending.next_issue;
  return number;
}

void note_number(const ListConfig& config, const IssueNumber& number, store::PendingDigest& pending) {
  pending.next_issue = number.issue + 1;
  pending.numbered_from = config.text(Setting::digest_volume) + "/" + config.text(Setting::digest_issue);
}

IssueTexts texts_of(const Site& site, const List& list, const IssueNumber& number,
                    const std::vector<std::string>& subjects, UnixTime now) {
  const std::string name = digest_name(list);
  IssueTexts texts;
  texts.title = name + " V" + std::to_string(number.volume) + " #" + std::to_string(number.issue);
  const bool has_fronter = list.config().is_set(Setting::message_fronter);
  texts.banner = banner(name, number, now);
  texts.preamble = texts.banner + "\n" + (has_fronter ? fronter(list, subjects) : contents(site, list, subjects));
  const std::string end = "End of " + texts.title;
  texts.trailer = end + "\n" + std::string(end.size(), '*') + "\n";
  const std::vector<std::string> footer = lines_for_all(list, Setting::message_footer);
  if (!footer.empty()) texts.trailer += "\n";
  for (const std::string& line : footer) {
    texts.trailer += with_tokens(list, line) + "\n";
  }
  return texts;
}

Status send_digest(Work& work, const List& list, const store::DueItem& item) {
  Result<store::PendingDigest> pending = work.state().pending_digest(list.address());
  if (!pending) return pending.error();
  if (pending->posts == 0) return {};
  Result<std::uint64_t> wishes = work.state().count_digest_members(list.address());
  if (!wishes) return wishes.error();
  Result<std::uint64_t> readers = parent_name_of(list) ? work.state().count_members(list.address()) : wishes;
  if (!readers) return readers.error();
  if (*readers == 0) {
    log_issue(work, list, "dropped", "nobody reads it", pending->posts);
    pending->begin = pending->end = pending->posts = pending->lines = 0;
    return work.state().set_pending_digest(list.address(), *pending);
  }
  const auto max_octets = static_cast<std::size_t>(
      std::clamp(2 * list.config().integer(Setting::maxlength), kLeastIssueOctets, kMostIssueOctets));
  Result<IssueContent> content = next_issue_of(list, *pending, max_octets, kMaxPosts);
  if (!content && content.error().kind == ErrorKind::damaged) return set_aside(work, list, *pending, content.error());
  if (!content) return content.error();
  const bool is_more = content->left.posts > 0;
  Status sent = send_issue(work, list, std::move(*content), *wishes > 0);
  if (!sent || !is_more) return sent;
  store::DueItem next = item;
  next.due = work.now();
  return work.state().schedule(next, work.now());
}

}  // namespace majlis::lists
