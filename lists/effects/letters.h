#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lists/effects/work.h"
#include "lists/site/texts.h"

namespace majlis::lists {

// The mail Majlis writes to people about one list. Each call adds to the work; nothing leaves before Work::finish().
// Envelope sender is null, so that no answer or bounce can come back to a robot (RFC 3834); a probe has its own,
// because its bounce is what it is sent for.

// The values every text about a list may use: list, list_address, owner_address, request_address, unsubscribe_address.
TextValues list_values(const List& list);

struct Correspondence {
  std::string text_name;  // of lists/site/text/
  TextValues values;
  std::vector<mail::Address> to;
  std::string reply_to;     // address, "" = the list's owner address
  std::string in_reply_to;  // Message-ID of what this answers, "" = unasked
  std::string message_id;   // "" = the work's next one
  std::string follows;      // Message-ID of the letter of ours whose thread this goes on with, "" = none
  std::vector<mail::Attachment> attachments;
  std::string closing_words;    // behind the text, whatever a site's own text is
  std::string envelope_sender;  // "" = null
  UnixTime give_up = 0;         // as in Outgoing
  std::string language = {};    // "" = the list's
};
struct SentLetter {
  std::string message_id;
  std::string job;
};
// Empty when there is nobody to write to. What would be a post to one of our lists is left out, and logged; where that
// leaves none of those in charge, the postmaster gets it.
SentLetter send_letter(Work& work, const List& list, const Correspondence& letter);

// To one person, about no list or about several; it comes from where answers go. Auto-Submitted and null sender as
// above.
struct SiteLetter {
  std::string text_name;
  TextValues values;
  mail::Address to;
  std::string from;  // an address that takes commands
  std::string language;
};
void send_site_letter(Work& work, const SiteLetter& letter);

// To the site's postmaster, about no list, in the site's language.
void send_to_postmaster(Work& work, std::string_view text_name, const TextValues& values);

// Addresses that differ only by what stands behind '+' count together: one mailbox gets them all.
std::string mailbox_key(const mail::Address& address);
std::string mailbox_key(std::string_view canonical);
// Whether one mailbox may have another letter of this kind today, over all lists (challenges_per_day of the site);
// counts it then.
Result<bool> is_within_share(Work& work, std::string_view kind, const mail::Address& address);

// A text that stands within another one, in the list's language, without a line end behind it.
std::string part_text(const Work& work, const List& list, std::string_view name, const TextValues& more = {});

// Tells the owner about a pattern that could not be answered, once a day per list.
Status warn_of_pattern(Work& work, const List& list, std::string_view pattern);

// Tells `owners` (those of before) what somebody with the list's password changed; `text_name` says what.
void tell_owners_of_change(Work& work, const List& list, const std::vector<mail::Address>& owners,
                           std::string_view text_name, const std::string& requester);

// Tells the owner about passwords in mail, once a day per list and text.
Status warn_of_password(Work& work, const List& list, std::string_view requester, std::string_view text_name);

}  // namespace majlis::lists
