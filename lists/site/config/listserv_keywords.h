#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lists/site/config/codec.h"

namespace majlis::lists {

// One value of a keyword, and on which line of them it stands.
struct HeaderItem {
  std::string text;
  std::size_t line = 0;  // from 0
};
using HeaderItems = std::vector<HeaderItem>;

enum class WhenAbsent { has_default, stays };

// A keyword of LISTSERV's header that Majlis obeys.
struct HeaderKeyword {
  std::string_view name;  // lower case
  std::span<const Setting> settings;
  Reading (*read)(const HeaderItems& items);
  std::string (*write)(const ListConfig& config);  // the value that says what `config` has; "": nothing to say
  std::string_view default_value = "";  // what a header without it says, and always written; "": the settings' defaults
  WhenAbsent when_absent = WhenAbsent::has_default;
};
std::span<const HeaderKeyword> header_keywords();  // as they are written
const HeaderKeyword* find_header_keyword(std::string_view name);

// The values of an assignment to it (header_text.h): commas separate them but between quotes, and not in title or text.
HeaderItems header_items(const HeaderKeyword& keyword, std::string_view value);

// Why another one is not obeyed.
FaultId why_header_keyword_is_kept(std::string_view name);

// One family of them each, listserv_NAME.cc.
Reading read_title(const HeaderItems& items);
std::string write_title(const ListConfig& config);
Reading read_free_text(const HeaderItems& items);
std::string write_free_text(const ListConfig& config);
Reading read_owner(const HeaderItems& items);
std::string write_owner(const ListConfig& config);
Reading read_editor(const HeaderItems& items);
std::string write_editor(const ListConfig& config);
Reading read_sender(const HeaderItems& items);
std::string write_sender(const ListConfig& config);
Reading read_notify(const HeaderItems& items);
std::string write_notify(const ListConfig& config);
Reading read_language(const HeaderItems& items);
std::string write_language(const ListConfig& config);

Reading read_subscription(const HeaderItems& items);
std::string write_subscription(const ListConfig& config);
Reading read_confirm_delay(const HeaderItems& items);
std::string write_confirm_delay(const ListConfig& config);
Reading read_validate(const HeaderItems& items);
std::string write_validate(const ListConfig& config);
Reading read_review(const HeaderItems& items);
std::string write_review(const ListConfig& config);
Reading read_confidential(const HeaderItems& items);
std::string write_confidential(const ListConfig& config);
Reading read_renewal_keyword(const HeaderItems& items);
std::string write_renewal_keyword(const ListConfig& config);

Reading read_send(const HeaderItems& items);
std::string write_send(const ListConfig& config);
Reading read_attachments(const HeaderItems& items);
std::string write_attachments(const ListConfig& config);
Reading read_misc_options(const HeaderItems& items);
std::string write_misc_options(const ListConfig& config);
Reading read_reply_to(const HeaderItems& items);
std::string write_reply_to(const ListConfig& config);
Reading read_sizelim(const HeaderItems& items);
std::string write_sizelim(const ListConfig& config);

Reading read_subject_tag(const HeaderItems& items);
std::string write_subject_tag(const ListConfig& config);
Reading read_topics_keyword(const HeaderItems& items);
std::string write_topics_keyword(const ListConfig& config);

Reading read_default_options(const HeaderItems& items);
std::string write_default_options(const ListConfig& config);
Reading read_ack(const HeaderItems& items);
std::string write_ack(const ListConfig& config);
Reading read_service(const HeaderItems& items);
std::string write_service(const ListConfig& config);
Reading read_filter(const HeaderItems& items);
std::string write_filter(const ListConfig& config);
Reading read_daily_threshold(const HeaderItems& items);
std::string write_daily_threshold(const ListConfig& config);

Reading read_loopcheck(const HeaderItems& items);
std::string write_loopcheck(const ListConfig& config);

Reading read_auto_delete(const HeaderItems& items);
std::string write_auto_delete(const ListConfig& config);
Reading read_notebook(const HeaderItems& items);
std::string write_notebook(const ListConfig& config);
Reading read_digest(const HeaderItems& items);
std::string write_digest(const ListConfig& config);

// Tools of theirs.
bool is_word(const HeaderItem& item, std::string_view word);  // letter case ignored
bool has_word(const HeaderItems& items, std::string_view word);
// Says that the value is kept because of this.
void remark_kept(Reading& reading, Phrase why);
// The remark that an access level is obeyed as another.
Phrase obeyed_as(std::string_view written, std::string_view obeyed);
void append_item(std::string& value, std::string_view item);  // with a comma between
std::string without_quotes(std::string_view text);
Reading refused_item(const HeaderItem& item, Phrase why);
// "must be one of ..." what `words` lists.
Reading no_such_word(const HeaderItem& item, std::string_view words);
// Refuses a second of these words where another of them was said before; nullopt: there is none.
std::optional<Reading> contradiction(const HeaderItems& items, std::span<const std::string_view> words);
Reading contradicting(const HeaderItem& item, std::string_view other);
// Refuses Public beside another access level, which would say nothing (nullopt: it does not stand there).
std::optional<Reading> public_beside_others(const HeaderItems& items);
// Refuses a second value.
std::optional<Reading> surplus(const HeaderItems& items);
// The number in "Delay(4)" behind this name; nullopt: it is another word.
std::optional<std::string> argument_of(std::string_view item, std::string_view name);
std::string with_argument(std::string_view name, std::string_view argument);

}  // namespace majlis::lists
