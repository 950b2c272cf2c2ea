#include "lists/site/config/config_fault.h"

#include <array>

#include "auth/password.h"
#include "base/text.h"
#include "lists/site/text/built_in_texts.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kShownOctets = 60;
constexpr std::string_view kKeyword = "keyword";

constexpr std::array kFaults = {
    FaultRow{FaultId::not_boolean, "not_boolean", "value"},
    FaultRow{FaultId::none_of, "none_of", "value names"},
    FaultRow{FaultId::no_number, "no_number", "value minimum maximum"},
    FaultRow{FaultId::comment_in_value, "comment_in_value", ""},
    FaultRow{FaultId::several_words, "several_words", "value"},
    FaultRow{FaultId::no_word, "no_word", "value"},
    FaultRow{FaultId::no_address, "no_address", "value"},
    FaultRow{FaultId::gives_no_address, "gives_no_address", "value"},
    FaultRow{FaultId::no_domain, "no_domain", "value"},
    FaultRow{FaultId::too_many_addresses, "too_many_addresses", "maximum"},
    FaultRow{FaultId::too_many_patterns, "too_many_patterns", "maximum"},
    FaultRow{FaultId::too_many_lines, "too_many_lines", "maximum"},
    FaultRow{FaultId::too_long, "too_long", "maximum"},
    FaultRow{FaultId::line_too_long, "line_too_long", "maximum"},
    FaultRow{FaultId::control_character, "control_character", ""},
    FaultRow{FaultId::not_text, "not_text", ""},
    FaultRow{FaultId::pattern_octets, "pattern_octets", "value maximum"},
    FaultRow{FaultId::pattern_control, "pattern_control", "value"},
    FaultRow{FaultId::pattern_form, "pattern_form", "value"},
    FaultRow{FaultId::pattern_delimiter, "pattern_delimiter", "value"},
    FaultRow{FaultId::pattern_not_closed, "pattern_not_closed", "value delimiter"},
    FaultRow{FaultId::pattern_empty, "pattern_empty", "value"},
    FaultRow{FaultId::pattern_flags, "pattern_flags", "value flags"},
    FaultRow{FaultId::pattern_collation, "pattern_collation", "value near"},
    FaultRow{FaultId::pattern_class, "pattern_class", "value near"},
    FaultRow{FaultId::pattern_escape, "pattern_escape", "value near"},
    FaultRow{FaultId::pattern_reference, "pattern_reference", "value near"},
    FaultRow{FaultId::pattern_bracket, "pattern_bracket", "value near"},
    FaultRow{FaultId::pattern_parenthesis, "pattern_parenthesis", "value near"},
    FaultRow{FaultId::pattern_brace, "pattern_brace", "value near"},
    FaultRow{FaultId::pattern_range, "pattern_range", "value near"},
    FaultRow{FaultId::pattern_repeat, "pattern_repeat", "value near"},
    FaultRow{FaultId::pattern_alternative, "pattern_alternative", "value near"},
    FaultRow{FaultId::pattern_extension, "pattern_extension", "value near"},
    FaultRow{FaultId::pattern_not_compiled, "pattern_not_compiled", "value near"},
    FaultRow{FaultId::pattern_takes_long, "pattern_takes_long", "value text"},
    FaultRow{FaultId::patterns_take_long, "patterns_take_long", "value"},
    FaultRow{FaultId::password_length, "password_length", "minimum maximum"},
    FaultRow{FaultId::password_blanks, "password_blanks", ""},
    FaultRow{FaultId::too_many_passwords, "too_many_passwords", ""},
    FaultRow{FaultId::password_in_text, "password_in_text", ""},
    FaultRow{FaultId::password_predictable, "password_predictable", ""},
    FaultRow{FaultId::password_not_taken, "password_not_taken", ""},
    FaultRow{FaultId::too_many_posters, "too_many_posters", "maximum"},
    FaultRow{FaultId::no_poster_name, "no_poster_name", "value"},
    FaultRow{FaultId::no_posters, "no_posters", "value"},
    FaultRow{FaultId::no_topic, "no_topic", "value"},
    FaultRow{FaultId::topic_twice, "topic_twice", "value"},
    FaultRow{FaultId::too_many_topics, "too_many_topics", "maximum"},
    FaultRow{FaultId::too_many_fields, "too_many_fields", "maximum"},
    FaultRow{FaultId::no_field, "no_field", "value"},
    FaultRow{FaultId::not_our_field, "not_our_field", "value"},
    FaultRow{FaultId::field_left_out, "field_left_out", "value"},
    FaultRow{FaultId::renewal_delay, "renewal_delay", ""},
    FaultRow{FaultId::renewal_word, "renewal_word", "value"},
    FaultRow{FaultId::renewal_probe, "renewal_probe", ""},
    FaultRow{FaultId::renewal_too_many, "renewal_too_many", "maximum"},
    FaultRow{FaultId::no_media_type, "no_media_type", "value"},
    FaultRow{FaultId::no_file_ending, "no_file_ending", "value"},
    FaultRow{FaultId::no_reply_to_mode, "no_reply_to_mode", "value"},
    FaultRow{FaultId::no_field_name, "no_field_name", "value"},
    FaultRow{FaultId::field_is_needed, "field_is_needed", "value"},
    FaultRow{FaultId::no_archive_url, "no_archive_url", "value"},
    FaultRow{FaultId::not_filled_in, "not_filled_in", "value"},
    FaultRow{FaultId::overruled_by_any, "overruled_by_any", "setting"},
    FaultRow{FaultId::overruled_by_value, "overruled_by_value", "setting value"},
    FaultRow{FaultId::filter_action_astray, "filter_action_astray", "number value"},
    FaultRow{FaultId::filter_no_action, "filter_no_action", "number value"},
    FaultRow{FaultId::filter_no_field, "filter_no_field", "number value"},
    FaultRow{FaultId::filter_nothing, "filter_nothing", "number value"},
    FaultRow{FaultId::filter_surplus, "filter_surplus", "number value"},
    FaultRow{FaultId::filter_too_many, "filter_too_many", "number maximum"},
    FaultRow{FaultId::templates_other, "templates_other", "value"},
    FaultRow{FaultId::templates_none, "templates_none", ""},
    FaultRow{FaultId::templates_twice, "templates_twice", "value"},
    FaultRow{FaultId::loop_check_alone, "loop_check_alone", "value"},
    FaultRow{FaultId::of_this_server, "of_this_server", "value"},
    FaultRow{FaultId::no_scanner, "no_scanner", ""},
    FaultRow{FaultId::wrong_word, "wrong_word", "words settings"},
    FaultRow{FaultId::takes_one_value, "takes_one_value", ""},
    FaultRow{FaultId::no_assignment, "no_assignment", "value"},
    FaultRow{FaultId::no_end_tag, "no_end_tag", ""},
    FaultRow{FaultId::text_not_ended, "text_not_ended", "tag"},
    FaultRow{FaultId::too_many_unknown, "too_many_unknown", ""},
    FaultRow{FaultId::too_much, "too_much", ""},
    FaultRow{FaultId::unknown_keyword, "unknown_keyword", ""},
    FaultRow{FaultId::foreign_password, "foreign_password", ""},
    FaultRow{FaultId::kept_debug, "kept_debug", ""},
    FaultRow{FaultId::kept_mungedomain, "kept_mungedomain", ""},
    FaultRow{FaultId::kept_digest_paths, "kept_digest_paths", ""},
    FaultRow{FaultId::kept_archive_dir, "kept_archive_dir", ""},
    FaultRow{FaultId::header_alias, "header_alias", "meant"},
    FaultRow{FaultId::header_blank, "header_blank", "value"},
    FaultRow{FaultId::header_keyword_empty, "header_keyword_empty", ""},
    FaultRow{FaultId::header_empty, "header_empty", ""},
    FaultRow{FaultId::header_quoted, "header_quoted", ""},
    FaultRow{FaultId::header_contradicts, "header_contradicts", "value other"},
    FaultRow{FaultId::header_surplus, "header_surplus", "value"},
    FaultRow{FaultId::header_sharp, "header_sharp", ""},
    FaultRow{FaultId::header_no_owner, "header_no_owner", ""},
    FaultRow{FaultId::header_quiet, "header_quiet", ""},
    FaultRow{FaultId::header_not_done, "header_not_done", "value"},
    FaultRow{FaultId::header_obeyed_as, "header_obeyed_as", "value obeyed"},
    FaultRow{FaultId::header_closed, "header_closed", ""},
    FaultRow{FaultId::header_lines, "header_lines", ""},
    FaultRow{FaultId::header_notebook, "header_notebook", "value"},
    FaultRow{FaultId::header_digest, "header_digest", ""},
    FaultRow{FaultId::header_hidden, "header_hidden", ""},
    FaultRow{FaultId::header_include, "header_include", ""},
    FaultRow{FaultId::header_area, "header_area", ""},
    FaultRow{FaultId::header_no_option, "header_no_option", "value"},
    FaultRow{FaultId::kept_by_program, "kept_by_program", ""},
    FaultRow{FaultId::kept_errors_to, "kept_errors_to", ""},
    FaultRow{FaultId::kept_loops, "kept_loops", "value"},
    FaultRow{FaultId::kept_default_topics, "kept_default_topics", ""},
    FaultRow{FaultId::kept_sub_lists, "kept_sub_lists", ""},
    FaultRow{FaultId::kept_change_log, "kept_change_log", ""},
    FaultRow{FaultId::kept_network, "kept_network", ""},
    FaultRow{FaultId::kept_fixed_name, "kept_fixed_name", ""},
    FaultRow{FaultId::kept_list_text, "kept_list_text", ""},
    FaultRow{FaultId::kept_reminders, "kept_reminders", ""},
    FaultRow{FaultId::kept_always_done, "kept_always_done", ""},
    FaultRow{FaultId::kept_never_done, "kept_never_done", ""},
    FaultRow{FaultId::kept_web, "kept_web", ""},
    FaultRow{FaultId::kept_digest_size, "kept_digest_size", ""},
    FaultRow{FaultId::kept_news, "kept_news", ""},
    FaultRow{FaultId::kept_filter_action, "kept_filter_action", ""},
    FaultRow{FaultId::python_no_text, "python_no_text", "value"},
    FaultRow{FaultId::python_no_list, "python_no_list", "value"},
    FaultRow{FaultId::python_no_rule, "python_no_rule", "value"},
    FaultRow{FaultId::python_not_read, "python_not_read", "value"},
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kFaults.size(); ++i) {
    if (kFaults[i].id != static_cast<FaultId>(i)) return false;
  }
  return true;
}
static_assert(is_in_order());

}  // namespace

std::span<const FaultRow> fault_table() { return kFaults; }

Phrase fault(FaultId id, TextValues values) {
  return {kFaults.at(static_cast<std::size_t>(id)).word, std::move(values)};
}

Phrase fault_of(FaultId id, std::string_view value) {
  return fault(id, {{"value", printable_utf8(value, kShownOctets)}});
}

Phrase fault_of_limit(FaultId id, std::size_t maximum) { return fault(id, {{"maximum", std::to_string(maximum)}}); }

Phrase fault_in_password_length() {
  return fault(FaultId::password_length, {{"minimum", std::to_string(auth::kMinPasswordOctets)},
                                          {"maximum", std::to_string(auth::kMaxPasswordOctets)}});
}

Phrase fault_in_pattern(std::string_view pattern, const Error& error) {
  Phrase phrase = error.phrase;
  phrase.values.emplace("value", printable_utf8(pattern, kShownOctets));
  return phrase;
}

Phrase about(std::string_view keyword, Phrase phrase) {
  phrase.values.insert_or_assign(std::string(kKeyword), std::string(keyword));
  return phrase;
}

std::string with_keyword(const Phrase& phrase, std::string_view sentence) {
  const auto keyword = phrase.values.find(kKeyword);
  return (keyword == phrase.values.end() ? "" : keyword->second + ": ") + std::string(sentence);
}

std::string in_english(const Phrase& phrase) {
  return with_keyword(phrase, fill_in(built_in_sentence("en", kConfigFaultsText, phrase.id), phrase.values));
}

ConfigProblem problem_in_line(std::size_t line, Phrase phrase) {
  std::string english = in_english(phrase);
  return {line, std::move(english), std::move(phrase)};
}

Error refused(Phrase phrase) {
  std::string english = in_english(phrase);
  return {ErrorKind::refused, std::move(english), std::move(phrase)};
}

}  // namespace majlis::lists
