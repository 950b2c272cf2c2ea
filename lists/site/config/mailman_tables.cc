// The attributes of Mailman 2.1 that need no words of their own.
#include <array>

#include "lists/site/config/mailman_attributes.h"

namespace majlis::lists {

using S = Setting;

std::span<const MailmanChoice> mailman_choices() {
  static const std::array kChoices = {
      MailmanChoice{"anonymous_list", S::anonymous, {"no", "yes"}},
      MailmanChoice{"first_strip_reply_to", S::strip_reply_to, {"no", "yes"}},
      MailmanChoice{"send_welcome_msg", S::welcome, {"no", "yes"}},
      MailmanChoice{"admin_notify_mchanges", S::announcements, {"no", "yes"}},
      MailmanChoice{"administrivia", S::administrivia, {"no", "yes"}},
      MailmanChoice{"personalize", S::personalize, {"no", "yes", "full"}},
      MailmanChoice{"mime_is_default_digest", S::digest_format, {"plain", "mime"}},
      MailmanChoice{"subscribe_policy", S::subscribe_policy, {"open", "open+confirm", "closed", "closed+confirm"}},
      MailmanChoice{"unsubscribe_policy", S::unsubscribe_policy, {"open+confirm", "closed+confirm"}},
      MailmanChoice{"private_roster", S::who_access, {"open", "list", "closed"}},
      MailmanChoice{"require_explicit_destination", S::require_list_address, {"no", "yes"}},
      MailmanChoice{"bounce_processing", S::bounce_processing, {"no", "yes"}},
      MailmanChoice{"bounce_unrecognized_goes_to_list_owner", S::bounce_unrecognized, {"discard", "owner"}},
      MailmanChoice{"bounce_notify_owner_on_bounce_increment", S::bounce_tell_counted, {"no", "yes"}},
      MailmanChoice{"bounce_notify_owner_on_disable", S::bounce_tell_suspended, {"no", "yes"}},
      MailmanChoice{"bounce_notify_owner_on_removal", S::bounce_tell_removed, {"no", "yes"}},
      MailmanChoice{"archive", S::archive, {"no", "yes"}},
      MailmanChoice{"autorespond_postings", S::autorespond_postings, {"no", "yes"}},
      MailmanChoice{"autorespond_admin", S::autorespond_admin, {"no", "yes"}},
      MailmanChoice{"autorespond_requests", S::autorespond_requests, {"no", "discard", "process"}},
  };
  return kChoices;
}

std::span<const MailmanNumber> mailman_numbers() {
  static constexpr std::array kNumbers = {
      MailmanNumber{"bounce_score_threshold", S::bounce_threshold},
      MailmanNumber{"autoresponse_graceperiod", S::autoresponse_graceperiod},
      MailmanNumber{"bounce_info_stale_after", S::bounce_stale_days},
      MailmanNumber{"bounce_you_are_disabled_warnings", S::bounce_warnings},
      MailmanNumber{"bounce_you_are_disabled_warnings_interval", S::bounce_warning_days},
  };
  return kNumbers;
}

std::span<const MailmanKept> mailman_kept() {
  static constexpr std::array kKept = {
      MailmanKept{"host_name", "", FaultId::kept_fixed_name},
      MailmanKept{"info", "''", FaultId::kept_list_text},
      MailmanKept{"umbrella_list", "0", FaultId::kept_sub_lists},
      MailmanKept{"umbrella_member_suffix", "'-owner'", FaultId::kept_sub_lists},
      MailmanKept{"send_reminders", "0", FaultId::kept_reminders},
      MailmanKept{"welcome_msg", "''", FaultId::kept_list_text},
      MailmanKept{"goodbye_msg", "''", FaultId::kept_list_text},
      MailmanKept{"send_goodbye_msg", "1", FaultId::kept_always_done},
      MailmanKept{"respond_to_post_requests", "1", FaultId::kept_always_done},
      MailmanKept{"admin_member_chunksize", "30", FaultId::kept_web},
      MailmanKept{"include_rfc2369_headers", "1", FaultId::kept_always_done},
      MailmanKept{"include_list_post_header", "1", FaultId::kept_always_done},
      MailmanKept{"include_sender_header", "0", FaultId::kept_never_done},
      MailmanKept{"drop_cc", "0", FaultId::kept_never_done},
      MailmanKept{"available_languages", "[]", FaultId::kept_by_program},
      MailmanKept{"encode_ascii_prefixes", "0", FaultId::kept_by_program},
      MailmanKept{"nondigestable", "1", FaultId::kept_always_done},
      MailmanKept{"scrub_nondigest", "0", FaultId::kept_never_done},
      MailmanKept{"regular_exclude_lists", "[]", FaultId::kept_sub_lists},
      MailmanKept{"regular_exclude_ignore", "1", FaultId::kept_sub_lists},
      MailmanKept{"regular_include_lists", "[]", FaultId::kept_sub_lists},
      MailmanKept{"digestable", "1", FaultId::kept_always_done},
      MailmanKept{"digest_size_threshhold", "", FaultId::kept_digest_size},
      MailmanKept{"digest_send_periodic", "1", FaultId::kept_always_done},
      MailmanKept{"digest_header", "''", FaultId::kept_by_program},
      MailmanKept{"digest_footer", "''", FaultId::kept_by_program},
      MailmanKept{"digest_volume_frequency", "", FaultId::kept_by_program},
      MailmanKept{"obscure_addresses", "1", FaultId::kept_web},
      MailmanKept{"member_verbosity_threshold", "0", FaultId::kept_never_done},
      MailmanKept{"member_verbosity_interval", "300", FaultId::kept_never_done},
      MailmanKept{"member_moderation_notice", "''", FaultId::kept_list_text},
      MailmanKept{"nonmember_rejection_notice", "''", FaultId::kept_list_text},
      MailmanKept{"dmarc_moderation_notice", "''", FaultId::kept_list_text},
      MailmanKept{"dmarc_wrapped_message_text", "''", FaultId::kept_list_text},
      MailmanKept{"dmarc_moderation_addresses", "[]", FaultId::kept_never_done},
      MailmanKept{"forward_auto_discards", "0", FaultId::kept_never_done},
      MailmanKept{"archive_volume_frequency", "1", FaultId::kept_by_program},
      MailmanKept{"nntp_host", "''", FaultId::kept_news},
      MailmanKept{"linked_newsgroup", "''", FaultId::kept_news},
      MailmanKept{"gateway_to_news", "0", FaultId::kept_news},
      MailmanKept{"gateway_to_mail", "0", FaultId::kept_news},
      MailmanKept{"news_moderation", "0", FaultId::kept_news},
      MailmanKept{"news_prefix_subject_too", "1", FaultId::kept_news},
      MailmanKept{"filter_action", "", FaultId::kept_filter_action},
      MailmanKept{"pass_filename_extensions", "''", FaultId::kept_never_done},
      MailmanKept{"topics_bodylines_limit", "0", FaultId::kept_never_done},
  };
  return kKept;
}

}  // namespace majlis::lists
