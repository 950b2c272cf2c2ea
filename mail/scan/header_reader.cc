#include "mail/scan/header_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/text.h"

namespace majlis::mail {
namespace {

// RFC 5322 3.6.8 ftext, and octets above 127, which are noted.
bool is_name_octet(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet > 32 && octet != ':' && octet != 127;
}

}  // namespace

void HeaderReader::begin(std::size_t at) {
  block_begin_ = at;
  fields_.clear();
  has_open_ = false;
  ceiling_ = false;
}

HeaderReader::Line HeaderReader::take(std::size_t begin, std::size_t content_end, std::size_t end) {
  if (begin == content_end) {
    close_field();
    return Line::empty;
  }
  note_octets(raw_.substr(begin, content_end - begin));
  if (end - block_begin_ > limits_->max_header_octets) {
    // A body without a header is no header, however long its first line is.
    if (begin == block_begin_ && take_field(begin, content_end, end) == Line::no_header) return Line::no_header;
    has_open_ = false;
    hit(Ambiguity::header_too_long);
    return Line::taken;
  }
  if (!is_blank(raw_[begin])) return take_field(begin, content_end, end);
  take_continuation(content_end, end);
  return Line::taken;
}

void HeaderReader::take_continuation(std::size_t content_end, std::size_t end) {
  if (!has_open_) {
    notes_->add(Ambiguity::leading_continuation);
    return;
  }
  open_.body_end = content_end;
  open_.end = end;
}

HeaderReader::Line HeaderReader::take_field(std::size_t begin, std::size_t content_end, std::size_t end) {
  close_field();
  if (ceiling_) return Line::taken;
  std::size_t name_end = begin;
  while (name_end < content_end && is_name_octet(raw_[name_end])) ++name_end;
  std::size_t colon = name_end;
  while (colon < content_end && is_blank(raw_[colon])) ++colon;
  if (name_end == begin || colon == content_end || raw_[colon] != ':') {
    notes_->add(Ambiguity::line_without_colon);
    return Line::no_header;
  }
  if (colon != name_end) notes_->add(Ambiguity::blank_before_colon);
  if (fields_.size() == limits_->max_fields || *fields_left_ == 0) {
    hit(Ambiguity::too_many_fields);
    return Line::taken;
  }
  // A name of this length is a ceiling of its own: it is kept as a string.
  if (name_end - begin > limits_->max_field_octets) {
    hit(Ambiguity::field_too_long);
    return Line::taken;
  }
  open_ = Field{begin, end, colon + 1, content_end, std::string(raw_.substr(begin, name_end - begin))};
  has_open_ = true;
  const bool is_ascii = std::all_of(open_.name.begin(), open_.name.end(), [](char c) { return (c & 0x80) == 0; });
  if (!is_ascii) notes_->add(Ambiguity::eight_bit_field_name);
  return Line::taken;
}

std::vector<Field> HeaderReader::finish() {
  close_field();
  return std::move(fields_);
}

void HeaderReader::note_octets(std::string_view line) {
  if (std::memchr(line.data(), '\0', line.size()) != nullptr) notes_->add(Ambiguity::nul_in_header);
  if (std::memchr(line.data(), '\r', line.size()) != nullptr) notes_->add(Ambiguity::bare_cr_in_header);
}

void HeaderReader::close_field() {
  if (!std::exchange(has_open_, false)) return;
  if (open_.end - open_.begin > limits_->max_field_octets) {
    hit(Ambiguity::field_too_long);
    return;
  }
  --*fields_left_;
  fields_.push_back(std::move(open_));
}

void HeaderReader::hit(Ambiguity ceiling) {
  notes_->add(ceiling);
  ceiling_ = true;
}

}  // namespace majlis::mail
