#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mail/address.h"
#include "mail/address_search.h"

namespace majlis::lists {

constexpr std::string_view kErased = "erased";  // stands for a person who was erased

// What a person is called by in texts: the address, in every form of mail::find_addresses(), and names.
class PersonWords {
 public:
  // Names with less than two characters are none.
  PersonWords(const mail::Address& address, const std::vector<std::string>& names);

  const mail::Address& address() const { return addresses_.front(); }
  const std::vector<std::string>& names() const { return names_; }

  // A name by which the person signs: messages tell it, and others may have it too.
  void note_name(const std::string& name) const { noted_->insert(name); }
  const std::set<std::string>& noted() const { return *noted_; }

  // Names are found whole, whatever their (ASCII) letters' case and the blanks and line ends between their words.
  std::vector<mail::TextRange> find(std::string_view text) const;
  bool are_in(std::string_view text) const { return !find(text).empty(); }
  // kErased in place of each.
  std::string taken_out_of(std::string_view text) const;
  // The same, but no octet moves: cut, or with blanks behind it.
  std::string blotted_in(std::string_view text) const;

 private:
  std::vector<mail::Address> addresses_;  // one
  std::vector<std::string> names_;        // their words with one blank between them
  std::shared_ptr<std::set<std::string>> noted_ = std::make_shared<std::set<std::string>>();
};

}  // namespace majlis::lists
