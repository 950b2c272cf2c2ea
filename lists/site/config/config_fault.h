#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "lists/site/config/config_problem.h"
#include "lists/site/text/fill_in.h"

namespace majlis::lists {

constexpr std::string_view kConfigFaultsText = "config_faults";

// What is wrong with a configuration, or not obeyed of it.
enum class FaultId {
  not_boolean,
  none_of,
  no_number,
  comment_in_value,
  several_words,
  no_word,
  no_address,
  gives_no_address,
  no_domain,
  too_many_addresses,
  too_many_patterns,
  too_many_lines,
  too_long,
  line_too_long,
  control_character,
  not_text,
  pattern_octets,
  pattern_control,
  pattern_form,
  pattern_delimiter,
  pattern_not_closed,
  pattern_empty,
  pattern_flags,
  pattern_collation,
  pattern_class,
  pattern_escape,
  pattern_reference,
  pattern_bracket,
  pattern_parenthesis,
  pattern_brace,
  pattern_range,
  pattern_repeat,
  pattern_alternative,
  pattern_extension,
  pattern_not_compiled,
  pattern_takes_long,
  patterns_take_long,
  password_length,
  password_blanks,
  too_many_passwords,
  password_in_text,
  password_predictable,
  password_not_taken,
  too_many_posters,
  no_poster_name,
  no_posters,
  no_topic,
  topic_twice,
  too_many_topics,
  too_many_fields,
  no_field,
  not_our_field,
  field_left_out,
  renewal_delay,
  renewal_word,
  renewal_probe,
  renewal_too_many,
  no_media_type,
  no_file_ending,
  no_reply_to_mode,
  no_field_name,
  field_is_needed,
  no_archive_url,
  not_filled_in,
  overruled_by_any,
  overruled_by_value,
  filter_action_astray,
  filter_no_action,
  filter_no_field,
  filter_nothing,
  filter_surplus,
  filter_too_many,
  templates_other,
  templates_none,
  templates_twice,
  loop_check_alone,
  of_this_server,
  no_scanner,
  wrong_word,
  takes_one_value,
  no_assignment,
  no_end_tag,
  text_not_ended,
  too_many_unknown,
  too_much,
  unknown_keyword,
  foreign_password,
  kept_debug,
  kept_mungedomain,
  kept_digest_paths,
  kept_archive_dir,
  header_alias,
  header_blank,
  header_keyword_empty,
  header_empty,
  header_quoted,
  header_contradicts,
  header_surplus,
  header_sharp,
  header_no_owner,
  header_quiet,
  header_not_done,
  header_obeyed_as,
  header_closed,
  header_lines,
  header_notebook,
  header_digest,
  header_hidden,
  header_include,
  header_area,
  header_no_option,
  kept_by_program,
  kept_errors_to,
  kept_loops,
  kept_default_topics,
  kept_sub_lists,
  kept_change_log,
  kept_network,
  kept_fixed_name,
  kept_list_text,
  kept_reminders,
  kept_always_done,
  kept_never_done,
  kept_web,
  kept_digest_size,
  kept_news,
  kept_filter_action,
  python_no_text,
  python_no_list,
  python_no_rule,
  python_not_read,
};

struct FaultRow {
  FaultId id;
  std::string_view word;    // of its sentence in the text kConfigFaultsText
  std::string_view values;  // the ${words} of that sentence, with blanks between them
};
std::span<const FaultRow> fault_table();  // in the order of the ids

Phrase fault(FaultId id, TextValues values = {});
// ${value} is `value` as people may see it, no longer than 60 octets.
Phrase fault_of(FaultId id, std::string_view value);
Phrase fault_of_limit(FaultId id, std::size_t maximum);  // ${maximum}

Phrase fault_in_password_length();
Phrase fault_in_pattern(std::string_view pattern, const Error& error);  // of Pattern::parse()

// The keyword that is spoken of goes in front of the sentence, in every language: "subscribe_policy: 'opne' is none
// ..."
Phrase about(std::string_view keyword, Phrase phrase);
std::string with_keyword(const Phrase& phrase, std::string_view sentence);

// In English as built in: for the log and the command line.
std::string in_english(const Phrase& phrase);

ConfigProblem problem_in_line(std::size_t line, Phrase phrase);
Error refused(Phrase phrase);

}  // namespace majlis::lists
