#pragma once

#include <span>
#include <string_view>

namespace majlis::mail {

// How addresses stand once a layout's phrase was read.
enum class AddressForm {
  list,        // right behind the phrase, or at the head of each entry of the lines that follow
  behind,      // right behind the phrase, on its line or the next
  inside,      // anywhere behind the phrase, on its line or the next
  transcript,  // at the head of the reply lines ("550 <a@b>...") that follow
  to_field,    // in the next "To:" or "RCPT TO:" line, even of the returned message
  bare_names,  // local parts alone, one an indented line; the domain is the reporting system's
};

// What must be known of the letter before the phrase is believed.
enum class Trust {
  mail_system,  // sent as mail systems send
  phrase,       // the phrase is nobody's but a mail system's
};

// One way to say that mail failed: lower case, single blanks; it may run over line ends.
struct Layout {
  std::string_view start;
  AddressForm form;
  std::string_view end;  // a line with this ends the list; "" where nothing special does
  Trust trust = Trust::mail_system;
};

// In the order in which they are asked: what says more stands first.
std::span<const Layout> bounce_layouts();

// What may name a further address beside the one that a layout found: where mail to it was sent on to.
std::span<const Layout> further_layouts();

}  // namespace majlis::mail
