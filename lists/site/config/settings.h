#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace majlis::lists {

// Every setting of a list that Majlis obeys, and every keyword of the three systems it knows but does not obey yet. One
// declarative table (settings.cc) drives parsers, writers, validation, presets, audit and the man page: adding a
// setting is adding a row, and the code that obeys it.
enum class Setting {
  // who the list is
  description,
  list_id,
  owner,
  moderators,
  dialect,
  language,
  reply_to,
  reply_to_mode,
  strip_reply_to,
  sender,
  resend_host,
  precedence,
  subject_prefix,
  subject_tag,
  topics,
  // joining and leaving
  subscribe_policy,
  unsubscribe_policy,
  welcome,
  announcements,
  strip,
  default_options,
  ack_new_members,
  join_domains,
  subscribe_auto_approval,
  token_hours,
  challenges_per_day,
  renewal,
  renewal_delay_days,
  // posting
  post_access,
  moderate,
  moderator,
  nonmember_posts,
  accept_these_nonmembers,
  hold_these_nonmembers,
  reject_these_nonmembers,
  discard_these_nonmembers,
  address_filter,
  address_filter_except,
  fold_subaddresses,
  equivalent_domains,
  moderate_first,
  thread_days,
  administrivia,
  admin_headers,
  admin_body,
  maxlength,
  hold_days,
  urgent,
  emergency,
  flood_per_hour,
  flood_per_day,
  author_posts_per_day,
  max_recipients,
  require_list_address,
  loop_check,
  acceptable_aliases,
  max_held_posts,
  max_held_octets,
  held_notices_per_day,
  held_notice_octets,
  author_letters_per_day,
  discard_headers,
  reject_headers,
  taboo_headers,
  taboo_body,
  content_filter,
  message_fronter,
  message_footer,
  personalize,
  signed_unsubscribe,
  message_headers,
  remove_headers,
  anonymous,
  anonymous_text,
  archived_at,
  purge_received,
  malformed_posts,
  attachments,
  attachment_names,
  attachment_action,
  html,
  html_remote,
  collapse_alternatives,
  restrict_post,
  unauthenticated,
  trust_authenticated,
  dmarc,
  dmarc_from,
  antivirus,
  antivirus_action,
  scanner_down,
  // asking
  advertise,
  noadvertise,
  who_access,
  which_access,
  info_access,
  intro_access,
  get_access,
  index_access,
  commands_off,
  command_passwords,
  // answering by itself
  autorespond_postings,
  autorespond_admin,
  autorespond_requests,
  autoresponse_postings_text,
  autoresponse_admin_text,
  autoresponse_request_text,
  autoresponse_graceperiod,
  // keeping
  archive,
  comments,
  date_info,
  date_intro,
  // what comes back
  bounce_processing,
  bounce_threshold,
  bounce_delay_days,
  bounce_stale_days,
  bounce_warnings,
  bounce_warning_days,
  bounce_unsigned,
  bounce_unrecognized,
  bounce_report,
  bounce_tell_counted,
  bounce_tell_suspended,
  bounce_tell_removed,
  verp,
  verp_probe_days,
  verp_interval,
  // digests
  digest_of,
  digest_format,
  digest_name,
  digest_volume,
  digest_issue,
  digest_maxdays,
  digest_hour,
  digest_maxlines,
  digest_rm_fronter,
  digest_rm_footer,
  // known, not obeyed yet (the table says why)
  debug,
  mungedomain,
  archive_dir,
  digest_archive,
  digest_work_dir,
  // secrets: never in the configuration file; list_passwords.h keeps their hashes
  admin_passwd,
  approve_passwd,
};

enum class SettingType {
  boolean,    // yes, no (y, n, any case)
  choice,     // one word of `choices`, case ignored
  word,       // no blanks inside
  line,       // rest of the line, UTF-8
  integer,    // minimum..maximum
  addresses,  // mail addresses, one a line
  patterns,   // Perl-style /pattern/flags, one a line (base/regex.h)
  lines,      // free text
  secret,     // a password: taken, hashed and kept elsewhere
};

struct SettingSpec {
  Setting setting;
  std::string_view name;  // in our own files; Majordomo's where it has one (codec.h: how dialects spell settings)
  SettingType type;
  std::string_view default_value;  // as written in a file; arrays: lines separated by LF
  std::string_view choices;        // "open|closed|auto" for choice
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  std::string_view description;  // one line, for comments, man page and error messages
  std::string_view requirement;  // of TR08-003, as "TR-14", or empty
  std::string_view not_obeyed;   // why it is only kept: a sentence (config_fault.h); empty when it is obeyed
};

std::span<const SettingSpec> all_settings();
const SettingSpec& spec_of(Setting setting);
const SettingSpec* find_setting(std::string_view name);  // Majordomo spelling, case ignored; nullptr: unknown

}  // namespace majlis::lists
