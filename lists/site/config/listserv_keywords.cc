#include "lists/site/config/listserv_keywords.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/site/config/access_level.h"
#include "lists/site/config/header_text.h"

namespace majlis::lists {
namespace {

using S = Setting;

constexpr std::array kTitle = {S::description};
constexpr std::array kText = {S::comments};
constexpr std::array kOwner = {S::owner};
constexpr std::array kEditor = {S::moderators, S::moderator};
constexpr std::array kNotify = {S::announcements};
constexpr std::array kLanguage = {S::language};
constexpr std::array kSubscription = {S::subscribe_policy, S::commands_off};
constexpr std::array kConfirmDelay = {S::token_hours};
constexpr std::array kValidate = {S::command_passwords};
constexpr std::array kReview = {S::who_access};
constexpr std::array kConfidential = {S::noadvertise, S::advertise};
constexpr std::array kRenewal = {S::renewal, S::renewal_delay_days};
constexpr std::array kService = {S::join_domains};
constexpr std::array kDefaultOptions = {S::default_options};
constexpr std::array kAck = {S::ack_new_members};
constexpr std::array kDailyThreshold = {S::flood_per_day, S::author_posts_per_day};
constexpr std::array kFilter = {S::address_filter, S::address_filter_except};
constexpr std::array kLoopcheck = {S::loop_check};
constexpr std::array kSender = {S::sender};
constexpr std::array kSend = {S::post_access,     S::moderate,      S::nonmember_posts,
                              S::unauthenticated, S::restrict_post, S::accept_these_nonmembers};
constexpr std::array kAttachments = {S::attachments, S::attachment_action};
constexpr std::array kMiscOptions = {S::html};
constexpr std::array kReplyTo = {S::reply_to_mode, S::strip_reply_to, S::reply_to};
constexpr std::array kSubjectTag = {S::subject_tag};
constexpr std::array kTopics = {S::topics};
constexpr std::array kSizelim = {S::maxlength};
constexpr std::array kAutoDelete = {S::bounce_processing,   S::bounce_delay_days, S::bounce_threshold,
                                    S::bounce_unrecognized, S::bounce_warnings,   S::verp_probe_days};
constexpr std::array kNotebook = {S::archive, S::get_access, S::index_access};
constexpr std::array kDigest = {S::digest_maxdays, S::digest_hour, S::digest_maxlines};

constexpr std::array kKeywords = {
    HeaderKeyword{kHeaderTitle, kTitle, read_title, write_title, "", WhenAbsent::stays},
    HeaderKeyword{"owner", kOwner, read_owner, write_owner, "", WhenAbsent::stays},
    HeaderKeyword{"editor", kEditor, read_editor, write_editor, "", WhenAbsent::stays},
    HeaderKeyword{"subscription", kSubscription, read_subscription, write_subscription, "By_Owner,Confirm"},
    HeaderKeyword{"service", kService, read_service, write_service},
    HeaderKeyword{"default-options", kDefaultOptions, read_default_options, write_default_options},
    HeaderKeyword{"ack", kAck, read_ack, write_ack},
    HeaderKeyword{"confirm-delay", kConfirmDelay, read_confirm_delay, write_confirm_delay, "", WhenAbsent::stays},
    HeaderKeyword{"validate", kValidate, read_validate, write_validate, "Yes,Confirm"},
    HeaderKeyword{"review", kReview, read_review, write_review, "Owner"},
    HeaderKeyword{"confidential", kConfidential, read_confidential, write_confidential, "No"},
    HeaderKeyword{"send", kSend, read_send, write_send, "Private"},
    HeaderKeyword{"daily-threshold", kDailyThreshold, read_daily_threshold, write_daily_threshold},
    HeaderKeyword{"filter", kFilter, read_filter, write_filter},
    HeaderKeyword{"loopcheck", kLoopcheck, read_loopcheck, write_loopcheck},
    HeaderKeyword{"attachments", kAttachments, read_attachments, write_attachments, "Yes"},
    HeaderKeyword{"misc-options", kMiscOptions, read_misc_options, write_misc_options},
    HeaderKeyword{"reply-to", kReplyTo, read_reply_to, write_reply_to, "Sender,Respect"},
    HeaderKeyword{"subject-tag", kSubjectTag, read_subject_tag, write_subject_tag},
    HeaderKeyword{"topics", kTopics, read_topics_keyword, write_topics_keyword},
    HeaderKeyword{"sender", kSender, read_sender, write_sender},
    HeaderKeyword{"sizelim", kSizelim, read_sizelim, write_sizelim},
    HeaderKeyword{"notebook", kNotebook, read_notebook, write_notebook, "Yes,Private"},
    HeaderKeyword{"digest", kDigest, read_digest, write_digest},
    HeaderKeyword{"auto-delete", kAutoDelete, read_auto_delete, write_auto_delete},
    HeaderKeyword{"renewal", kRenewal, read_renewal_keyword, write_renewal_keyword},
    HeaderKeyword{"notify", kNotify, read_notify, write_notify},
    HeaderKeyword{"language", kLanguage, read_language, write_language},
    HeaderKeyword{kHeaderText, kText, read_free_text, write_free_text},
};

struct KeptKeyword {
  std::string_view name;
  FaultId why;
};
constexpr std::array kKept = {
    KeptKeyword{kHeaderHidden, FaultId::header_hidden},  KeptKeyword{kHeaderInclude, FaultId::header_include},
    KeptKeyword{"change-log", FaultId::kept_change_log}, KeptKeyword{"configuration-owner", FaultId::kept_by_program},
    KeptKeyword{"dbms", FaultId::kept_network},          KeptKeyword{"default-topics", FaultId::kept_default_topics},
    KeptKeyword{"errors-to", FaultId::kept_errors_to},   KeptKeyword{"exit", FaultId::kept_network},
    KeptKeyword{"files", FaultId::kept_network},         KeptKeyword{"internet-via", FaultId::kept_network},
    KeptKeyword{"local", FaultId::header_area},          KeptKeyword{"mail-via", FaultId::kept_network},
    KeptKeyword{"newsgroups", FaultId::kept_network},    KeptKeyword{"nje-via", FaultId::kept_network},
    KeptKeyword{"peers", FaultId::kept_network},         KeptKeyword{"prime", FaultId::kept_network},
    KeptKeyword{"safe", FaultId::kept_by_program},       KeptKeyword{"stats", FaultId::kept_by_program},
    KeptKeyword{"sub-lists", FaultId::kept_sub_lists},
};

}  // namespace

std::span<const HeaderKeyword> header_keywords() { return kKeywords; }

const HeaderKeyword* find_header_keyword(std::string_view name) {
  const auto found =
      std::find_if(kKeywords.begin(), kKeywords.end(), [&](const HeaderKeyword& row) { return row.name == name; });
  return found == kKeywords.end() ? nullptr : &*found;
}

FaultId why_header_keyword_is_kept(std::string_view name) {
  const auto found = std::find_if(kKept.begin(), kKept.end(), [&](const KeptKeyword& row) { return row.name == name; });
  return found == kKept.end() ? FaultId::unknown_keyword : found->why;
}

HeaderItems header_items(const HeaderKeyword& keyword, std::string_view value) {
  const bool has_values = !keyword.name.starts_with('.');
  HeaderItems items;
  std::size_t number = 0;
  for (const std::string_view line : split_at(value, '\n')) {
    std::size_t begin = 0;
    bool is_quoted = !has_values;
    for (std::size_t at = 0; at <= line.size(); ++at) {
      if (at < line.size() && has_values && line[at] == '"') is_quoted = !is_quoted;
      if (at < line.size() && (line[at] != ',' || is_quoted)) continue;
      const std::string_view item = trim(line.substr(begin, at - begin));
      std::string text = has_values ? without_quotes(item) : std::string(item);
      if (!text.empty()) items.push_back({std::move(text), number});
      begin = at + 1;
    }
    ++number;
  }
  return items;
}

bool is_word(const HeaderItem& item, std::string_view word) { return equals_ignoring_case(item.text, word); }

bool has_word(const HeaderItems& items, std::string_view word) {
  return std::any_of(items.begin(), items.end(), [&](const HeaderItem& item) { return is_word(item, word); });
}

void remark_kept(Reading& reading, Phrase why) {
  reading.is_kept = true;
  reading.remarks.push_back(std::move(why));
}

Phrase obeyed_as(std::string_view written, std::string_view obeyed) {
  Phrase phrase = fault_of(FaultId::header_obeyed_as, written);
  phrase.values.emplace("obeyed", std::string(obeyed));
  return phrase;
}

void append_item(std::string& value, std::string_view item) {
  if (item.empty()) return;
  if (!value.empty()) value += ',';
  value += item;
}

std::string without_quotes(std::string_view text) {
  if (text.size() > 1 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  return std::string(trim(text));
}

Reading refused_item(const HeaderItem& item, Phrase why) {
  return Reading{.fault = std::move(why), .fault_line = item.line};
}

Reading no_such_word(const HeaderItem& item, std::string_view words) {
  Phrase why = fault_of(FaultId::none_of, item.text);
  why.values.emplace("names", std::string(words));
  return refused_item(item, std::move(why));
}

Reading contradicting(const HeaderItem& item, std::string_view other) {
  Phrase why = fault_of(FaultId::header_contradicts, item.text);
  why.values.emplace("other", std::string(other));
  return refused_item(item, std::move(why));
}

std::optional<Reading> contradiction(const HeaderItems& items, std::span<const std::string_view> words) {
  std::string_view said;
  for (const HeaderItem& item : items) {
    const auto word =
        std::find_if(words.begin(), words.end(), [&](std::string_view each) { return is_word(item, each); });
    if (word == words.end()) continue;
    if (!said.empty() && said != *word) return contradicting(item, said);
    said = *word;
  }
  return std::nullopt;
}

std::optional<Reading> public_beside_others(const HeaderItems& items) {
  const HeaderItem* narrower = nullptr;
  const HeaderItem* everybody = nullptr;
  for (const HeaderItem& item : items) {
    const auto level = read_access_level(item.text);
    if (!level) continue;
    (level->kind == AccessLevel::Kind::everybody ? everybody : narrower) = &item;
    if (everybody != nullptr && narrower != nullptr) {
      return contradicting(item, (&item == everybody ? narrower : everybody)->text);
    }
  }
  return std::nullopt;
}

std::optional<Reading> surplus(const HeaderItems& items) {
  const auto other = std::find_if_not(items.begin(), items.end(),
                                      [&](const HeaderItem& item) { return is_word(item, items.front().text); });
  if (other == items.end()) return std::nullopt;
  return refused_item(*other, fault_of(FaultId::header_surplus, other->text));
}

std::optional<std::string> argument_of(std::string_view item, std::string_view name) {
  if (!starts_with_ignoring_case(item, name)) return std::nullopt;
  const std::string_view rest = item.substr(name.size());
  if (!rest.starts_with('(') || !rest.ends_with(')')) return std::nullopt;
  return std::string(trim(rest.substr(1, rest.size() - 2)));
}

std::string with_argument(std::string_view name, std::string_view argument) {
  return std::string(name) + "(" + std::string(argument) + ")";
}

}  // namespace majlis::lists
